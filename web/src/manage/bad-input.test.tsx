// Every form of the administrator with what people and programs put into a field. What a rule refuses is told at the field,
// and nothing is sent; what only the server refuses is told there, too, and what was typed stays; anything else goes as typed.
import { screen, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answers, open, Refusal, SIGNED_IN } from "./test-page";

afterEach(() => {
  location.hash = "";
  vi.unstubAllGlobals();
});

/** Who refuses a text; `taken`: nobody. */
type Verdict = "page" | "server" | "taken";

/** What is put into the field, and who refuses it where a form says nothing else. */
const TEXTS = {
  nothing: ["", "page"],
  "too much": ["가".repeat(61), "page"],
  "a control character": ["a\u0007b", "server"],
  NUL: ["a\u0000b", "server"],
  "a mark that turns text": ["a\u202eb", "server"],
  emoji: ["👩‍💻🎉", "taken"],
  "a page": ["<script>alert(1)</script>", "taken"],
  SQL: ["'; DROP TABLE operators; --", "taken"],
} as const satisfies Record<string, readonly [text: string, verdict: Verdict]>;

type Kind = keyof typeof TEXTS;

type Form = {
  path: string;
  /** What the page asks for, and the answer to what it sends. */
  answers: Answers;
  /** What the form sends. */
  sends: string;
  /** The field, once everything else is filled in. */
  field: (user: UserEvent) => Promise<HTMLElement>;
  /** Sends the form; with the password where it asks afterwards. */
  send: (user: UserEvent) => Promise<void>;
  /** The label of the field, where it is gone for a while. */
  label: string;
  /** The server's name of the field. */
  name: string;
  /** What holds for this field alone. */
  verdicts?: Partial<Record<Kind, Verdict>>;
  texts?: Partial<Record<Kind, string>>;
};

const ME = { "GET /api/manage/me": SIGNED_IN };
const DEPARTMENTS = {
  ...ME,
  "GET /api/manage/departments": { departments: [{ id: "1", name: "기술지원", operator_count: 1 }] },
};
const TYPES = {
  ...ME,
  "GET /api/manage/support-types": { support_types: [{ id: "1", name: "설치", position: 1 }] },
};
const OPERATOR = {
  id: "7",
  login: "park",
  name: "박상담",
  department: { id: "1", name: "기술지원" },
  state: "offline",
  last_sign_in_ms: null,
  phone: "",
  email: "",
  company_name: "에이씨엠이",
  last_address: null,
  last_local_address: null,
  is_mobile: false,
  revision: 4,
};
const OPERATORS = {
  ...DEPARTMENTS,
  "GET /api/manage/operators/7": OPERATOR,
  "GET /api/manage/operators/7/second-step": { is_on: false },
  "GET /api/manage/operators/7/options": { options: [] },
};
const ACCOUNT = {
  company_name: "에이씨엠이",
  service_name: "ACME 원격지원",
  name: "김관리",
  phone: "",
  email: "kim@example.kr",
  login: "admin",
  operators_left: 12,
  operators_total: 20,
};
const ADMINISTRATOR = {
  ...ME,
  "GET /api/manage/administrator": ACCOUNT,
  "GET /api/manage/own/sign-ins": { sign_ins: [], second_step: false, recovery_codes_left: 0 },
  "GET /api/manage/administrators": { administrators: [], invitations: [] },
};
const SETTINGS = {
  settings: {
    administrator_addresses: [],
    operator_addresses: [],
    sign_in_failures: 5,
    sign_in_lock_s: 30,
    idle_s: 1800,
    time_zone: "Asia/Seoul",
    code_valid_min: 10,
    record_retention_days: null,
    recording_retention_days: null,
    recording_limit_gb: null,
    continue_without_recording: true,
    recording_copies: true,
    favourites: [],
  },
  changed_at_ms: 1,
  own_address: "192.0.2.1",
};
const BRANDING = { text: "있던 글", has_logo: false, logo_version: "", is_shown: true, changed_at_ms: 1 };

const press = async (user: UserEvent, name: string) =>
  user.click(await screen.findByRole("button", { name }));
const inDialog = async (name: string) => within(await screen.findByRole("dialog")).getByLabelText(name);
const fill = async (user: UserEvent, values: Record<string, string>) => {
  for (const [label, value] of Object.entries(values)) {
    await user.click(await screen.findByLabelText(label));
    await user.paste(value);
  }
};
const NEW_ACCOUNT = { ID: "lee-02", Password: "Secret12", "Password 확인": "Secret12" };
const withPassword = async (user: UserEvent) => {
  const password = screen.queryByLabelText("관리자 Password");
  if (password !== null) await user.type(password, "Secret12{Enter}");
};

const FORMS: Record<string, Form> = {
  "a new department": {
    path: "/manage/acme/departments",
    answers: { ...DEPARTMENTS, "POST /api/manage/departments": { id: "2", name: "", operator_count: 0 } },
    sends: "POST /api/manage/departments",
    label: "부서 이름",
    name: "name",
    field: async (user) => {
      await press(user, "새 부서 생성");
      return inDialog("부서 이름");
    },
    send: (user) => press(user, "저장"),
  },
  "a department's new name": {
    path: "/manage/acme/departments",
    answers: { ...DEPARTMENTS, "PATCH /api/manage/departments/1": { id: "1", name: "", operator_count: 0 } },
    sends: "PATCH /api/manage/departments/1",
    label: "부서 이름",
    name: "name",
    field: async (user) => {
      await press(user, "기술지원");
      return screen.getByLabelText("부서 이름");
    },
    send: (user) => user.keyboard("{Enter}"),
  },
  "a new support type": {
    path: "/manage/acme/support-types",
    answers: { ...TYPES, "POST /api/manage/support-types": { id: "2", name: "", position: 2 } },
    sends: "POST /api/manage/support-types",
    label: "상담유형 이름",
    name: "name",
    field: async (user) => {
      await press(user, "새 상담유형 생성");
      return inDialog("상담유형 이름");
    },
    send: (user) => press(user, "저장"),
  },
  "a support type's new name": {
    path: "/manage/acme/support-types",
    answers: { ...TYPES, "PATCH /api/manage/support-types/1": { id: "1", name: "", position: 1 } },
    sends: "PATCH /api/manage/support-types/1",
    label: "상담유형 이름",
    name: "name",
    field: async (user) => {
      await press(user, "설치");
      return screen.getByLabelText("상담유형 이름");
    },
    send: (user) => user.keyboard("{Enter}"),
  },
  "a new operator": {
    path: "/manage/acme/operators/new",
    answers: { ...OPERATORS, "POST /api/manage/operators": OPERATOR },
    sends: "POST /api/manage/operators",
    label: "상담원 이름",
    name: "name",
    field: async (user) => {
      await fill(user, NEW_ACCOUNT);
      return screen.getByLabelText("상담원 이름");
    },
    send: (user) => press(user, "저장"),
  },
  "an operator": {
    path: "/manage/acme/operators/7",
    answers: { ...OPERATORS, "PUT /api/manage/operators/7": OPERATOR },
    sends: "PUT /api/manage/operators/7",
    label: "상담원 이름",
    name: "name",
    field: () => screen.findByLabelText("상담원 이름"),
    send: async (user) => {
      await press(user, "수정하기");
      await withPassword(user);
    },
  },
  "the administrator's account": {
    path: "/manage/acme/administrator",
    answers: { ...ADMINISTRATOR, "PUT /api/manage/administrator": ACCOUNT },
    sends: "PUT /api/manage/administrator",
    label: "회사이름",
    name: "company_name",
    field: async (user) => {
      await fill(user, { "현재 Password": "Secret12" });
      return screen.getByLabelText("회사이름");
    },
    send: (user) => press(user, "저장"),
  },
  "a favourite of the company": {
    path: "/manage/acme/settings",
    answers: { ...ME, "GET /api/manage/settings": SETTINGS, "PUT /api/manage/settings": SETTINGS },
    sends: "PUT /api/manage/settings",
    label: "이름",
    name: "favourites.0.name",
    field: async (user) => {
      await press(user, "즐겨찾기 추가");
      await fill(user, { "주소 또는 경로": "https://example.kr" });
      return screen.getByLabelText("이름");
    },
    send: async (user) => {
      await press(user, "저장");
      await withPassword(user);
    },
    // That something is there is known to the page; the other rules of favourites are the server's alone.
    verdicts: { "too much": "server" },
  },
  "an invitation": {
    path: "/manage/acme/administrator",
    answers: {
      ...ADMINISTRATOR,
      "POST /api/manage/administrators/invitations": { url: "https://x.kr/activate#t", expires_at_ms: 1 },
    },
    sends: "POST /api/manage/administrators/invitations",
    label: "이름",
    name: "name",
    field: async (user) => {
      await press(user, "관리자 초대");
      await user.type(await inDialog("관리자 Password"), "Secret12");
      return inDialog("이름");
    },
    send: (user) => press(user, "링크 만들기"),
  },
  "an API token": {
    path: "/manage/acme/api-tokens",
    answers: {
      ...ME,
      "GET /api/manage/api-tokens": { tokens: [], scopes: ["departments:write"] },
      "POST /api/manage/api-tokens": { token: {}, secret: "bsd_x" },
    },
    sends: "POST /api/manage/api-tokens",
    label: "이름",
    name: "name",
    field: async (user) => {
      await press(user, "새 API 토큰");
      await user.click(screen.getByRole("switch", { name: "부서 쓰기" }));
      await user.type(await inDialog("관리자 Password"), "Secret12");
      return inDialog("이름");
    },
    send: (user) => press(user, "토큰 만들기"),
  },
  "the customer's text": {
    path: "/manage/acme/branding",
    answers: { ...ME, "GET /api/manage/branding": BRANDING, "PUT /api/manage/branding": BRANDING },
    sends: "PUT /api/manage/branding",
    label: "안내문",
    name: "text",
    field: () => screen.findByLabelText("안내문"),
    send: (user) => press(user, "저장"),
    // A page without a text is fine.
    verdicts: { nothing: "taken" },
    texts: { "too much": "가".repeat(501) },
  },
  "an activation": {
    path: "/activate",
    answers: {
      "GET /api/manage/activation/secret": { short_name: "acme", company_name: "에이씨엠이", language: "ko" },
      "POST /api/manage/activation/secret": {},
    },
    sends: "POST /api/manage/activation/secret",
    label: "이름",
    name: "name",
    field: async (user) => {
      await fill(user, { ...NEW_ACCOUNT, 이메일: "lee@example.kr" });
      return screen.getByLabelText("이름");
    },
    send: (user) => press(user, "계정 만들기"),
  },
};

/** Of all that a form says, only the field's own text counts. */
function errorAt(field: HTMLElement): string {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const described = ids.map((id) => document.getElementById(id)?.textContent ?? "").join("");
  // A name that is changed in place has its error beside it.
  return described || (field.parentElement?.querySelector("[role=alert]")?.textContent ?? "");
}

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce(
      (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );
}

const cases = Object.entries(TEXTS).map(([kind, [text, verdict]]) => ({ kind, text, verdict }));

describe.each(Object.entries(FORMS))("%s", (_, form) => {
  it.each(cases)("with $kind", async (given) => {
    const kind = given.kind as Kind;
    const text = form.texts?.[kind] ?? given.text;
    const verdict = form.verdicts?.[kind] ?? given.verdict;
    location.hash = "#secret";
    const errors = [{ field: form.name, code: "characters-not-allowed" }];
    const refusal = new Refusal(422, { code: "invalid-fields", title: "", errors });
    const requests = open(form.path, {
      ...form.answers,
      ...(verdict === "server" ? { [form.sends]: refusal } : {}),
    });
    const user = userEvent.setup();
    const field = await form.field(user);
    await user.clear(field);
    if (text !== "") await user.paste(text);
    expect(field).toHaveProperty("value", text);
    await form.send(user);
    const sent = () => requests.filter(({ method }) => method !== "GET");
    if (verdict !== "page") {
      await vi.waitFor(() => expect(sent()).toHaveLength(1));
      const [request] = sent();
      expect(`${request?.method} ${new URL(request?.url ?? "").pathname}`).toBe(form.sends);
      const body: unknown = await request?.json();
      expect(at(body, form.name === "favourites.0.name" ? `settings.${form.name}` : form.name)).toBe(text);
    }
    if (verdict === "taken") return;
    await vi.waitFor(() => {
      const [again] = screen.getAllByLabelText(form.label, { exact: true }).slice(-1);
      expect(again?.getAttribute("aria-invalid")).toBe("true");
      expect(again).toHaveProperty("value", text);
      expect(again === undefined ? "" : errorAt(again)).not.toBe("");
    });
    expect(sent()).toHaveLength(verdict === "page" ? 0 : 1);
  });
});
