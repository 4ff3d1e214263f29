import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const PARK = {
  id: "7",
  login: "park",
  name: "박상담",
  department: { id: "1", name: "기술지원" },
  state: "in_session",
  last_sign_in_ms: null,
  phone: "",
  email: "",
  company_name: "에이씨엠이",
};
const OPTIONS = [
  { key: "text_chat", department: true, own: null, value: true },
  { key: "view_only", department: false, own: true, value: true },
];
const ANSWERS = {
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/departments": { departments: [{ id: "1", name: "기술지원", operator_count: 1 }] },
  "GET /api/manage/operators": { operators: [PARK], total: 1 },
  "GET /api/manage/operators/7": PARK,
  "GET /api/manage/operators/7/options": { options: OPTIONS },
};

it("D-1: each rule's error stands at its field, and nothing is sent", async () => {
  const requests = open("/manage/acme/operators/new", ANSWERS);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("ID"), "a b");
  await user.type(screen.getByLabelText("Password"), "secret12");
  await user.type(screen.getByLabelText("Password 확인"), "Secret12");
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(screen.getByText("영문, 숫자, -, _ 만 쓸 수 있습니다.")).toBeTruthy();
  expect(screen.getByText("영문 대문자를 하나 이상 넣으세요.")).toBeTruthy();
  expect(screen.getByText("입력한 두 Password가 서로 다릅니다.")).toBeTruthy();
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("상담원 이름")));
  expect(requests.every(({ method }) => method === "GET")).toBe(true);
});

it("D-1: what the server refuses stands at its field too", async () => {
  open("/manage/acme/operators/new", {
    ...ANSWERS,
    "POST /api/manage/operators": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "login", code: "taken" }],
    }),
  });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("상담원 이름"), "박상담");
  await user.type(screen.getByLabelText("ID"), "park");
  await user.type(screen.getByLabelText("Password"), "Secret12");
  await user.type(screen.getByLabelText("Password 확인"), "Secret12");
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(await screen.findByText("이미 사용 중입니다.")).toBeTruthy();
  expect(screen.getByLabelText("ID").getAttribute("aria-invalid")).toBe("true");
});

it("D-3: the search stands in the address", async () => {
  const requests = open("/manage/acme/operators?search_by=name&search=박", ANSWERS);
  expect(await screen.findByRole("link", { name: "park" })).toBeTruthy();
  expect(screen.getByText("상담중")).toBeTruthy();
  const asked = requests
    .map(({ url }) => new URL(url))
    .find(({ pathname }) => pathname.endsWith("/operators"));
  expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual({
    page: "1",
    page_size: "50",
    search_by: "name",
    search: "박",
  });
});

it("D-4 and D-5: an own setting returns to the default, and saving asks for the password", async () => {
  const requests = open("/manage/acme/operators/7", {
    ...ANSWERS,
    "PUT /api/manage/operators/7/options": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "administrator_password", code: "password-wrong" }],
    }),
  });
  const user = userEvent.setup();
  const own = within(await screen.findByRole("radiogroup", { name: "상담원 제어 불가" }));
  expect(own.getByRole("radio", { name: "사용" }).getAttribute("aria-checked")).toBe("true");
  await user.click(own.getByRole("radio", { name: "부서 기본값 (사용안함)" }));
  await user.click(screen.getByRole("button", { name: "저장" }));
  await user.type(screen.getByLabelText("관리자 Password"), "wrong{Enter}");
  expect(await screen.findByText("Password가 맞지 않습니다.")).toBeTruthy();
  const sent = requests.find(({ method }) => method === "PUT");
  expect(await sent?.json()).toEqual({
    options: [{ key: "view_only", own: null }],
    administrator_password: "wrong",
  });
});
