import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const TYPES = ["하나", "둘", "셋"].map((name, at) => ({ id: String(at + 1), name, position: at + 1 }));
const KEY = "GET /api/manage/support-types";
const answers = (): Record<string, unknown> => ({
  "GET /api/manage/me": SIGNED_IN,
  [KEY]: { support_types: TYPES.slice(0, 2) },
});
const up = (name: string) => screen.getByRole("button", { name: `‘${name}’ 위로` });
const down = (name: string) => screen.getByRole("button", { name: `‘${name}’ 아래로` });

it("E-1: a row that is no longer the last can go down", async () => {
  const given = answers();
  open("/manage/acme/support-types", given);
  const user = userEvent.setup();
  await screen.findByText("둘");
  expect(down("둘")).toHaveProperty("disabled", true);
  given["POST /api/manage/support-types"] = TYPES[2];
  given[KEY] = { support_types: TYPES };
  await user.click(screen.getByRole("button", { name: "새 상담유형 생성" }));
  await user.type(screen.getByLabelText("상담유형 이름"), "셋{Enter}");
  await screen.findByText("셋");
  expect(down("둘")).toHaveProperty("disabled", false);
});

it("E-2: a row that a key has moved to an end keeps the focus, on the button that goes on working", async () => {
  const given = answers();
  open("/manage/acme/support-types", given);
  const user = userEvent.setup();
  await screen.findByText("둘");
  given["PUT /api/manage/support-types/order"] = {};
  const [one, two] = TYPES;
  given[KEY] = { support_types: [two, one] };
  // By the row, as a person's keys come to its buttons.
  await act(async () => up("둘").closest<HTMLElement>("[role=row]")?.focus());
  await act(async () => up("둘").focus());
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(document.activeElement).toBe(down("둘")));
  given[KEY] = { support_types: [one, two] };
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(document.activeElement).toBe(up("둘")));
});
