import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { open, Refusal } from "../test-page";

const GET = "GET /api/manage/activation/secret-token";
const POST = "POST /api/manage/activation/secret-token";
const LINK = { short_name: "acme", company_name: "에이씨엠이", language: "ko" };

// The page reads its token from behind the #, which no server sees.
beforeEach(() => {
  location.hash = "#secret-token";
});

afterEach(() => {
  location.hash = "";
  vi.unstubAllGlobals();
});

const fill = async (change: Record<string, string> = {}) => {
  const user = userEvent.setup();
  const values = {
    이름: "김관리",
    ID: "admin",
    이메일: "kim@example.kr",
    Password: "Secret12",
    "Password 확인": "Secret12",
    ...change,
  };
  await screen.findByLabelText("이름");
  for (const [label, value] of Object.entries(values)) {
    await user.click(screen.getByLabelText(label));
    if (value !== "") await user.paste(value);
  }
  await user.click(screen.getByRole("button", { name: "계정 만들기" }));
};
const sent = (requests: Request[]) => requests.filter(({ method }) => method === "POST");

it("A-2, G-4: the link makes an account, the company's first as well as one who was invited", async () => {
  const requests = open("/activate", { [GET]: LINK, [POST]: {} });
  expect(await screen.findByText(/^이 회사의 관리자로 사용할 정보를/)).toBeTruthy();
  expect(screen.getByText("에이씨엠이")).toBeTruthy();
  await fill();
  expect((await screen.findByRole("link", { name: "로그인하러 가기" })).getAttribute("href")).toBe(
    "/manage/acme",
  );
  expect(await sent(requests)[0]?.json()).toEqual({
    name: "김관리",
    login: "admin",
    email: "kim@example.kr",
    password: "Secret12",
    password_confirm: "Secret12",
  });
});

it("A-2: each rule's error stands at its field, nothing is sent, and what was typed stays", async () => {
  const requests = open("/activate", { [GET]: LINK });
  await fill({ 이름: "", ID: "a b", 이메일: "kim", Password: "secret12", "Password 확인": "other" });
  for (const label of ["이름", "ID", "이메일", "Password", "Password 확인"]) {
    expect(screen.getByLabelText(label).getAttribute("aria-invalid"), label).toBe("true");
  }
  expect(screen.getByLabelText("ID")).toHaveProperty("value", "a b");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "secret12");
  expect(sent(requests)).toEqual([]);
});

it("A-2: what the server refuses stands at its field, and what was typed stays", async () => {
  const errors = [{ field: "login", code: "taken" }];
  open("/activate", { [GET]: LINK, [POST]: new Refusal(422, { code: "invalid-fields", title: "", errors }) });
  await fill();
  expect(await screen.findByText("이미 사용 중입니다.")).toBeTruthy();
  expect(screen.getByLabelText("ID").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByLabelText("ID")).toHaveProperty("value", "admin");
  expect(screen.getByLabelText("이메일")).toHaveProperty("value", "kim@example.kr");
});

it("A-2: a refusal that is about no field is told beside the button", async () => {
  open("/activate", {
    [GET]: LINK,
    [POST]: new Refusal(500, { code: "internal-test", title: "나중에 하세요." }),
  });
  await fill();
  expect((await screen.findByRole("alert")).textContent).toBe("나중에 하세요.");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "Secret12");
});

it("A-2: a link that was used, has expired or has no token says whom to ask", async () => {
  open("/activate", { [GET]: new Refusal(404, { code: "not-found", title: "", status: 404 }) });
  expect(await screen.findByText("사용할 수 없는 링크입니다")).toBeTruthy();
  expect(screen.getByText(/링크를 보낸 사람에게 새 링크를/)).toBeTruthy();
  expect(screen.queryByLabelText("이름")).toBeNull();
});
