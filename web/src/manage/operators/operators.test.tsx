import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { jump, open, Refusal, SIGNED_IN } from "../test-page";

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
  last_address: null,
  last_local_address: null,
  is_mobile: false,
  revision: 4,
};
const RULE = { needs: [], beaten_by: null, included_in: null, mobile: false, in_effect: true };
const OPTIONS = [
  { ...RULE, key: "text_chat", table: "features", department: true, own: null, value: true },
  { ...RULE, key: "view_only", table: "behaviour", department: false, own: true, value: true },
];
const LICENCE = {
  until_ms: null,
  operators: 5,
  mobile_operators: 1,
  left: 4,
  pc: 1,
  pc_and_mobile: 0,
  ended: false,
  ends_soon: false,
};
const ANSWERS = {
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/departments": { departments: [{ id: "1", name: "기술지원", operator_count: 1 }] },
  "GET /api/manage/operators": { operators: [PARK], total: 1 },
  "GET /api/manage/licence": LICENCE,
  "GET /api/manage/operators/7": PARK,
  "GET /api/manage/operators/7/second-step": { is_on: false },
  "GET /api/manage/operators/7/options": { options: OPTIONS },
};

/** The streams that the page holds open. */
const streams = new Set<PlayedStream>();

class PlayedStream {
  onopen = () => {};
  onmessage = () => {};

  constructor(readonly url: string) {
    streams.add(this);
  }

  close(): void {
    streams.delete(this);
  }
}

it("D-3: states are followed while the account is signed in, not under the cover, and again afterwards", async () => {
  vi.stubGlobal("EventSource", PlayedStream);
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "GET /api/site": { company_needed: false, company: "acme", service_name: "ACME", version: "0" },
    "POST /api/manage/sign-in": { ...SIGNED_IN, csrf_token: "another" },
  };
  open("/manage/acme/operators", answers);
  await screen.findByText("박상담");
  expect([...streams].map(({ url }) => url)).toEqual(["/api/manage/operators/live"]);
  answers["GET /api/manage/operators"] = new Refusal(401, { code: "not-signed-in", title: "" });
  for (const stream of streams) stream.onopen();
  const cover = within(await screen.findByRole("dialog", { name: "다시 로그인" }));
  expect(streams.size).toBe(0);
  answers["GET /api/manage/operators"] = ANSWERS["GET /api/manage/operators"];
  await userEvent.setup().type(cover.getByLabelText("Password"), "Secret12{Enter}");
  await vi.waitFor(() => expect(streams.size).toBe(1));
});

it("D-1: a department that is missing is told at its choice, to screen readers too", async () => {
  const departments = [
    { id: "1", name: "기술지원", operator_count: 1 },
    { id: "2", name: "고객센터", operator_count: 0 },
  ];
  open("/manage/acme/operators/new", { ...ANSWERS, "GET /api/manage/departments": { departments } });
  const user = userEvent.setup();
  const choice = await screen.findByRole("button", { name: /소속부서/ });
  expect(choice.getAttribute("aria-invalid")).toBeNull();
  await user.click(screen.getByRole("button", { name: "저장" }));
  expect(choice.getAttribute("aria-invalid")).toBe("true");
  const described = (choice.getAttribute("aria-describedby") ?? "").split(" ");
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(
    "반드시 입력해야 합니다.",
  );
});

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
  expect(screen.getByLabelText("Password").getAttribute("aria-invalid")).toBe("true");
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

it("D-4 and D-5: fields and own settings are saved at once, and saving asks for the password", async () => {
  const requests = open("/manage/acme/operators/7", {
    ...ANSWERS,
    "PUT /api/manage/operators/7": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "administrator_password", code: "password-wrong" }],
    }),
  });
  const user = userEvent.setup();
  const own = within(await screen.findByRole("radiogroup", { name: "상담원 제어 불가" }));
  expect(own.getByRole("radio", { name: "사용" })).toHaveProperty("checked", true);
  await user.click(own.getByRole("radio", { name: "부서 기본값 (사용안함)" }));
  await user.clear(screen.getByLabelText("상담원 이름"));
  await user.type(screen.getByLabelText("상담원 이름"), "박새이름");
  await user.click(screen.getByRole("button", { name: "수정하기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "wrong{Enter}");
  expect(await screen.findByText("Password가 맞지 않습니다.")).toBeTruthy();
  const sent = requests.find(({ method }) => method === "PUT");
  expect(await sent?.json()).toEqual({
    name: "박새이름",
    password: "",
    password_confirm: "",
    company_name: "에이씨엠이",
    department_id: "1",
    phone: "",
    email: "",
    is_mobile: false,
    options: [{ key: "view_only", own: null }],
    revision: 4,
    administrator_password: "wrong",
  });
});

it("D-4: among an option's choices the arrows choose", async () => {
  open("/manage/acme/operators/7", ANSWERS);
  const own = within(await screen.findByRole("radiogroup", { name: "상담원 제어 불가" }));
  const [byDefault, on, off] = own.getAllByRole("radio");
  on?.focus();
  const user = userEvent.setup();
  await user.keyboard("{ArrowRight}");
  expect(off).toHaveProperty("checked", true);
  await user.keyboard("{ArrowRight}");
  expect(byDefault).toHaveProperty("checked", true);
  expect(document.activeElement).toBe(byDefault);
});

it("D-4: what another administrator changed meanwhile is told, and what was typed stays", async () => {
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "PUT /api/manage/operators/7": new Refusal(409, { code: "changed-meanwhile", title: "", status: 409 }),
  };
  const requests = open("/manage/acme/operators/7", answers);
  const user = userEvent.setup();
  const name = await screen.findByLabelText("상담원 이름");
  await user.type(name, "님");
  answers["GET /api/manage/operators/7"] = { ...PARK, phone: "02-777", revision: 5 };
  await user.click(screen.getByRole("button", { name: "수정하기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("바꾸었습니다");
  expect(name).toHaveProperty("value", "박상담님");
  await user.click(screen.getByRole("button", { name: "수정하기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await vi.waitFor(() => expect(requests.filter(({ method }) => method === "PUT")).toHaveLength(2));
  const second = requests.filter(({ method }) => method === "PUT")[1];
  expect(await second?.json()).toMatchObject({ name: "박상담님", phone: "02-777", revision: 5 });
});

it("D-4: a jump from one operator to another takes nothing of the first along", async () => {
  const lee = { ...PARK, id: "8", login: "lee", name: "이상담", revision: 9 };
  const requests = open("/manage/acme/operators/8", {
    ...ANSWERS,
    "GET /api/manage/operators/8": lee,
    "GET /api/manage/operators/8/second-step": { is_on: false },
    "GET /api/manage/operators/8/options": { options: OPTIONS },
    "PUT /api/manage/operators/8": lee,
  });
  const user = userEvent.setup();
  const nameIs = (name: string) =>
    vi.waitFor(() => expect(screen.getByLabelText("상담원 이름")).toHaveProperty("value", name));
  await nameIs("이상담");
  await jump("/manage/acme/operators/7");
  await nameIs("박상담");
  await user.click(screen.getByRole("button", { name: "상담원 삭제" }));
  await screen.findByRole("alertdialog", { name: "상담원 삭제" });
  await jump("/manage/acme/operators/8");
  await nameIs("이상담");
  expect(screen.queryByLabelText("관리자 Password"), "asked for the first alone").toBeNull();
  await user.type(screen.getByLabelText("전화번호"), "1");
  await user.click(screen.getByRole("button", { name: "수정하기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await vi.waitFor(() => expect(requests.some(({ method }) => method === "PUT")).toBe(true));
  const sent = requests.find(({ method }) => method === "PUT");
  expect(sent?.url).toContain("/operators/8");
  expect(await sent?.json()).toMatchObject({ name: "이상담", phone: "1", revision: 9 });
});

it("D-8: a row whose operator another administrator changed since the preview is named, and the others come in", async () => {
  const row = {
    password: "",
    company_name: "",
    department: "",
    phone: "",
    email: "",
    mobile: "",
    errors: [],
  };
  const rows = [
    { ...row, line: 2, login: "park", name: "박파일", action: "update", found: { id: "7", revision: 4 } },
    { ...row, line: 3, login: "lee-02", name: "이상담", action: "create", found: null },
  ];
  const errors = [{ field: "rows.0.login", code: "changed-since-preview" }];
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "POST /api/manage/operators/import/preview": { rows },
  };
  const replies = [
    new Refusal(422, { code: "invalid-fields", title: "", errors }),
    { created: 1, updated: 0 },
  ];
  Object.defineProperty(answers, "POST /api/manage/operators/import", { get: () => replies.shift() });
  const requests = open("/manage/acme/operators/import", answers);
  const user = userEvent.setup();
  await screen.findByRole("button", { name: "파일 선택" });
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("no place for the file");
  await user.upload(input, new File(["ID"], "operators.csv"));
  await user.click(await screen.findByRole("button", { name: "2명 가져오기" }));
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  expect(await screen.findByText(/파일을 읽은 뒤 다른 관리자가/)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText(/^상담원 1명을 만들고 0명을 바꾸었습니다\. 거절된 1줄/)).toBeTruthy();
  const sent = requests.filter(({ url }) => url.endsWith("/operators/import"));
  const bodies = await Promise.all(sent.map((request) => request.json()));
  const found = bodies.map(({ rows }) => rows.map((row: { found: unknown }) => row.found));
  expect(found).toEqual([[{ id: "7", revision: 4 }, null], [null]]);
});

it("A-6: an operator who has lost the codes gets in again", async () => {
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "GET /api/manage/operators/7/second-step": { is_on: true },
    "POST /api/manage/operators/7/second-step/off": {},
  };
  const requests = open("/manage/acme/operators/7", answers);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "해제" }));
  answers["GET /api/manage/operators/7/second-step"] = { is_on: false };
  await user.type(screen.getByLabelText("관리자 Password"), "Secret12{Enter}");
  await vi.waitFor(() => expect(screen.queryAllByRole("button", { name: "해제" })).toEqual([]));
  const sent = requests.find(({ url, method }) => method === "POST" && url.endsWith("/second-step/off"));
  expect(await sent?.json()).toEqual({ administrator_password: "Secret12" });
});

it("a form that was begun asks before it is left", async () => {
  open("/manage/acme/operators/new", ANSWERS);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("상담원 이름"), "박");
  await user.click(screen.getByRole("link", { name: "취소" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.click(dialog.getByRole("button", { name: "취소" }));
  expect(screen.getByLabelText("상담원 이름")).toHaveProperty("value", "박");
  await user.click(screen.getByRole("link", { name: "취소" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "나가기" }));
  expect(await screen.findByRole("heading", { name: "상담원 관리" })).toBeTruthy();
});
