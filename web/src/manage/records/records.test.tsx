import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const LINE = {
  id: "7",
  no: 42,
  operator_login: "kim_01",
  operator_name: "김상담",
  customer_name: "박고객",
  started_at_ms: 1_700_000_000_000,
  duration_s: 117,
  customer_os: "Windows",
  resolution: "resolved",
  support_type: null,
};
const FOUND = {
  records: [LINE],
  total: 1,
  total_is_exact: true,
  page: 1,
  has_newer: false,
  has_older: false,
};
const RECORD = {
  ...LINE,
  joined_at_ms: 1_700_000_000_000,
  ended_at_ms: 1_700_000_117_000,
  end_reason: "operator-ended",
  department: "기술지원",
  customer_address_public: null,
  customer_address_private: null,
  operator_address_public: null,
  operator_address_private: null,
  customer_os_version: "",
  customer_host_name: "",
  customer_kind: "app",
  connection: "direct",
  memo: "",
  survey: null,
  chat: [],
  timeline: [],
  captures: [],
  recordings: [],
  sealed: null,
};
const ANSWERS = {
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/departments": { departments: [{ id: "d1", name: "기술지원", operator_count: 1 }] },
  "GET /api/manage/support-types": { support_types: [{ id: "t1", name: "프린터", position: 1 }] },
  "GET /api/manage/records": FOUND,
  "GET /api/manage/records/7": RECORD,
  "GET /api/manage/records/7/neighbours": { newer: null, older: "8" },
  "GET /api/manage/records/8": { ...RECORD, id: "8", no: 41 },
  "GET /api/manage/records/8/neighbours": { newer: "7", older: null },
};

const asked = (requests: Request[], path: string) =>
  requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname === path)
    .map(({ searchParams }) => Object.fromEntries(searchParams));

it("R-2: where the customer never agreed no support began", async () => {
  open("/manage/acme/records", {
    ...ANSWERS,
    "GET /api/manage/records": {
      ...FOUND,
      records: [
        { ...LINE, duration_s: null },
        { ...LINE, id: "6", no: 41 },
      ],
    },
  });
  const rows = (await screen.findAllByRole("row")).slice(1);
  const [refused, agreed] = rows.map(({ textContent }) => textContent ?? "");
  expect(refused).toContain("동의하지 않음");
  expect(refused).toContain("고객 접속 시각");
  expect(agreed).not.toContain("동의하지 않음");
});

it("R-4: an export that is refused is told in the page, and the file is sent for with what was promised", async () => {
  const busy = new Refusal(429, { code: "exports-busy", title: "", status: 429 });
  const given: Record<string, unknown> = { ...ANSWERS, "POST /api/manage/exports": busy };
  open("/manage/acme/records", given);
  const sent: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    sent.push(new URL(this.href).search);
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("link", { name: "엑셀저장" }));
  const told = await screen.findByRole("alertdialog", { name: "파일을 만들지 못했습니다" });
  expect(told.textContent).toContain("하나가 끝난 뒤에 다시 시도해 주세요");
  expect(sent).toEqual([]);
  await user.click(within(told).getByRole("button", { name: "닫기" }));
  given["POST /api/manage/exports"] = { ticket: "5b2c" };
  await user.click(screen.getByRole("link", { name: "엑셀저장" }));
  await vi.waitFor(() => expect(sent).toEqual(["?format=xlsx&ticket=5b2c"]));
  vi.restoreAllMocks();
});

it("R-1: several keys narrow together, stand above the list, and are taken off one by one", async () => {
  const requests = open("/manage/acme/records", ANSWERS);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("검색어"), "토너");
  await user.click(screen.getByRole("button", { name: "검색" }));
  await screen.findByText("메모·고객 이름: 토너");
  await user.click(screen.getByRole("button", { name: /검색 키/ }));
  await user.click(await screen.findByRole("option", { name: "해결 여부" }));
  await user.click(screen.getByRole("button", { name: /검색어/ }));
  await user.click(await screen.findByRole("option", { name: "미해결" }));
  await user.click(screen.getByRole("button", { name: "검색" }));
  await screen.findByText("해결 여부: 미해결");
  expect(screen.getByRole("button", { name: /검색 키/ }).textContent, "what was searched last").toContain(
    "해결 여부",
  );
  const last = () => asked(requests, "/api/manage/records").at(-1);
  expect(last()).toEqual({ text: "토너", resolution: "unresolved", page_size: "20" });
  await user.click(screen.getByRole("button", { name: "메모·고객 이름: 토너 조건 지우기" }));
  await vi.waitFor(() => expect(last()).toEqual({ resolution: "unresolved", page_size: "20" }));
});

it("R-1: a single letter says that it finds beginnings alone, at its field and where nothing is found", async () => {
  const none = { ...FOUND, records: [], total: 0 };
  open("/manage/acme/records?customer_name=길", { ...ANSWERS, "GET /api/manage/records": none });
  const user = userEvent.setup();
  await screen.findByText("조건에 맞는 지원기록이 없습니다");
  expect(screen.getAllByText(/^한 글자로는 그 글자로 시작하는 것만/)).toHaveLength(2);
  const field = screen.getByLabelText("검색어");
  await user.type(field, "동");
  expect(screen.getAllByText(/^한 글자로는 그 글자로 시작하는 것만/)).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "검색" }));
  expect(await screen.findByText("검색기간을 넓히거나 조건을 지워 보세요.")).toBeTruthy();
});

it("R-1: a search opens from its address, and 초기화 shows everything", async () => {
  const requests = open("/manage/acme/records?from=2026-11-01&to=2026-11-28&department=d1&page=2", ANSWERS);
  expect(await screen.findByText("부서: 기술지원")).toBeTruthy();
  expect(screen.getByText("검색기간: 2026-11-01 ~ 2026-11-28")).toBeTruthy();
  expect(asked(requests, "/api/manage/records")).toEqual([
    { from: "2026-11-01", to: "2026-11-28", department: "d1", page: "2", page_size: "20" },
  ]);
  const excel = screen.getByRole("link", { name: "엑셀저장" }).getAttribute("href");
  expect(excel).toBe("/api/manage/records/export?format=xlsx&from=2026-11-01&to=2026-11-28&department=d1");
  await userEvent.click(screen.getByRole("button", { name: "초기화" }));
  await vi.waitFor(() => expect(asked(requests, "/api/manage/records").at(-1)).toEqual({ page_size: "20" }));
});

it("R-1: what the address asks for and nobody understands is no filter", async () => {
  const requests = open("/manage/acme/records?resolution=zzz&from=yesterday", ANSWERS);
  expect(await screen.findByText("지원기록 1건")).toBeTruthy();
  expect(asked(requests, "/api/manage/records")).toEqual([{ page_size: "20" }]);
  expect(screen.queryByRole("list", { name: "검색 조건" })).toBeNull();
  const excel = screen.getByRole("link", { name: "엑셀저장" }).getAttribute("href");
  expect(excel).toBe("/api/manage/records/export?format=xlsx");
});

it("R-1: a period is searched at one press", async () => {
  const requests = open("/manage/acme/records", ANSWERS);
  await userEvent.click(await screen.findByRole("button", { name: "당일" }));
  await vi.waitFor(() => {
    const { from, to } = asked(requests, "/api/manage/records").at(-1) ?? {};
    expect(from).toMatch(/^\d{4}-/);
    expect(to).toBe(from);
  });
});

it.each([
  ["Pacific/Kiritimati", "2026-12-01"],
  ["Pacific/Pago_Pago", "2026-11-29"],
])("R-1: 당일 is the day of the company's clock, in %s %s", async (time_zone, day) => {
  vi.useFakeTimers({ now: Date.parse("2026-11-30T10:30:00Z"), toFake: ["Date"] });
  try {
    const me = { ...SIGNED_IN, time_zone };
    const requests = open("/manage/acme/records", { ...ANSWERS, "GET /api/manage/me": me });
    await userEvent.click(await screen.findByRole("button", { name: "당일" }));
    await vi.waitFor(() =>
      expect(asked(requests, "/api/manage/records").at(-1)).toMatchObject({ from: day, to: day }),
    );
    expect(screen.getByRole("button", { name: "당일" }).getAttribute("aria-pressed")).toBe("true");
  } finally {
    vi.useRealTimers();
  }
});

it("R-1: a period that ends before it begins is told at its field", async () => {
  const requests = open("/manage/acme/records?from=2026-11-28", ANSWERS);
  await userEvent.type(await screen.findByLabelText("종료일"), "2026-11-01");
  expect(screen.getByText("종료일이 시작일보다 앞섭니다.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "검색" }));
  expect(asked(requests, "/api/manage/records")).toHaveLength(1);
});

it("R-2: pages have numbers as far as records are counted, and go on beyond", async () => {
  const beyond = { ...FOUND, total: 10_000, total_is_exact: false, has_newer: true, has_older: true };
  const requests = open("/manage/acme/records?page=500", {
    ...ANSWERS,
    "GET /api/manage/records": { ...beyond, page: 500 },
  });
  const user = userEvent.setup();
  expect(await screen.findByText("지원기록 10,000건 이상")).toBeTruthy();
  const pages = within(screen.getByRole("navigation", { name: "페이지 이동" }));
  expect(pages.getByRole("button", { name: "500" }).getAttribute("aria-current")).toBe("page");
  await user.click(pages.getByRole("button", { name: "다음" }));
  const last = () => asked(requests, "/api/manage/records").at(-1);
  await vi.waitFor(() => expect(last()).toEqual({ older_than: "42", page_size: "20" }));
  await user.click(pages.getByRole("button", { name: "마지막" }));
  await vi.waitFor(() => expect(last()).toEqual({ last: "true", page_size: "20" }));
  await user.type(screen.getByLabelText("날짜로 이동"), "2025-01-01");
  await user.click(screen.getByRole("button", { name: "이동" }));
  await vi.waitFor(() => expect(last()).toEqual({ date: "2025-01-01", page_size: "20" }));
});

it("R-3: a record leads to the next one of its search, and back to the search", async () => {
  const requests = open("/manage/acme/records?resolution=resolved", ANSWERS);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("link", { name: "kim_01" }));
  await user.click(await screen.findByRole("link", { name: "다음 기록" }));
  expect(await screen.findByRole("heading", { name: "지원기록 No. 41" })).toBeTruthy();
  expect(asked(requests, "/api/manage/records/8/neighbours")).toEqual([{ resolution: "resolved" }]);
  const main = within(screen.getByRole("main"));
  await user.click(main.getByRole("link", { name: /전체기록보기$/ }));
  expect(await screen.findByText("해결 여부: 해결")).toBeTruthy();
});

it("R-6: a record is deleted with 관리자 Password, and a wrong one is told at its field", async () => {
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "POST /api/manage/records/7/delete": new Refusal(422, {
      code: "invalid-fields",
      title: "",
      errors: [{ field: "administrator_password", code: "password-wrong" }],
    }),
  };
  open("/manage/acme/records/7", answers);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "기록 삭제" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.type(dialog.getByLabelText("관리자 Password"), "Wrong123");
  await user.click(dialog.getByRole("button", { name: "삭제" }));
  expect(await dialog.findByText("Password가 맞지 않습니다.")).toBeTruthy();
  answers["POST /api/manage/records/7/delete"] = {};
  await user.click(dialog.getByRole("button", { name: "삭제" }));
  expect(await screen.findByRole("heading", { name: "전체기록보기" })).toBeTruthy();
});
