import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const TOKEN = {
  id: "7",
  name: "밤마다",
  scopes: ["records:read"],
  created_at_ms: 1,
  expires_at_ms: Date.now() + 1e9,
  revoked_at_ms: null,
  last_used_at_ms: null,
  last_used_address: null,
};
const ANSWERS = {
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/api-tokens": { tokens: [TOKEN], scopes: ["records:read", "departments:write"] },
};

it("a token needs a name, a scope and the password, and is shown once", async () => {
  const requests = open("/manage/acme/api-tokens", {
    ...ANSWERS,
    "POST /api/manage/api-tokens": { token: TOKEN, secret: "bsd_geheim" },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "새 API 토큰" }));
  const dialog = within(screen.getByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "토큰 만들기" }));
  expect(dialog.getByText("권한을 하나 이상 고르세요.")).toBeTruthy();
  expect(requests.every(({ method }) => method === "GET")).toBe(true);
  await user.type(dialog.getByLabelText("이름"), "야간 백업");
  await user.click(dialog.getByRole("switch", { name: "부서 쓰기" }));
  await user.type(dialog.getByLabelText("관리자 Password"), "Abcdefg1{Enter}");
  expect(await screen.findByText("bsd_geheim")).toBeTruthy();
  const sent = requests.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({
    name: "야간 백업",
    scopes: ["departments:write"],
    days: 90,
    administrator_password: "Abcdefg1",
  });
  await user.keyboard("{Escape}");
  expect(screen.getByText("bsd_geheim"), "it is never shown again").toBeTruthy();
  await user.click(screen.getByRole("button", { name: "닫기" }));
  expect(screen.queryByText("bsd_geheim")).toBeNull();
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
});

it("a token is taken back with the password", async () => {
  open("/manage/acme/api-tokens", {
    ...ANSWERS,
    "POST /api/manage/api-tokens/7/revoke": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "administrator_password", code: "password-wrong" }],
    }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "폐기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "wrong{Enter}");
  expect(await screen.findByText("Password가 맞지 않습니다.")).toBeTruthy();
});
