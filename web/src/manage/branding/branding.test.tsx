import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const branding = (logo_version: string) => ({
  text: "",
  has_logo: logo_version !== "",
  logo_version,
  is_shown: true,
  changed_at_ms: 1,
});

it("O-4: who is late with a logo is told, and the chosen file goes over theirs at one press", async () => {
  const GET = "GET /api/manage/branding";
  const PUT = "PUT /api/manage/branding/logo";
  const given: Record<string, unknown> = {
    "GET /api/manage/me": SIGNED_IN,
    [GET]: branding("aaaa"),
    [PUT]: new Refusal(409, { code: "changed-meanwhile", title: "", status: 409 }),
  };
  const requests = open("/manage/acme/branding", given);
  const user = userEvent.setup();
  await screen.findByRole("button", { name: "로고 선택" });
  given[GET] = branding("bbbb");
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("there is no place for a file");
  await user.upload(input, new File(["picture"], "mine.png", { type: "image/png" }));
  expect((await screen.findByRole("alert")).textContent).toContain("mine.png");
  given[PUT] = branding("cccc");
  await user.click(screen.getByRole("button", { name: "내 파일로 바꾸기" }));
  await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  const read = requests
    .filter(({ method }) => method === "PUT")
    .map(({ url }) => new URL(url).searchParams.get("read"));
  expect(read).toEqual(["aaaa", "bbbb"]);
});
