import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { open, SIGNED_IN } from "../test-page";

afterEach(() => vi.unstubAllGlobals());

const LINE = {
  seq: 7,
  at_ms: Date.UTC(2026, 2, 1, 0, 30),
  kind: "departments.rename",
  role: "administrator",
  login: "admin",
  account: "admin (밤마다)",
  token: "밤마다",
  address: "192.0.2.1",
  activity: "부서 이름 변경",
  remark: "기본부서 → 영업",
  detail: {},
};
const LOG = {
  lines: [LINE],
  total: 10_000,
  is_more: true,
  older: "1.6",
  newer: null,
  actions: [{ kind: "departments.rename", text: "부서 이름 변경" }],
  time_zone: "Asia/Seoul",
};
const ANSWERS = { "GET /api/manage/me": SIGNED_IN, "GET /api/manage/usage-log": LOG };

const asked = (requests: Request[]) =>
  requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname.endsWith("/usage-log"))
    .map(({ searchParams }) => Object.fromEntries(searchParams));

it("G-3: tab, filters and page stand in the address", async () => {
  const requests = open(
    "/manage/acme/usage-log?tab=departments&login=admin&from=2026-03-01&older=5.9",
    ANSWERS,
  );
  const row = within((await screen.findByText("기본부서 → 영업")).closest("tr") ?? document.body);
  expect(row.getByText("admin (밤마다)")).toBeTruthy();
  expect(row.getByText(/9:30:00/), "by the company's clock").toBeTruthy();
  expect(screen.getByText("사용기록 10,000건 이상")).toBeTruthy();
  expect(asked(requests)).toEqual([
    { category: "departments", login: "admin", from: "2026-03-01", older_than: "5.9" },
  ]);
  expect(screen.getByRole("link", { name: "부서 관리" }).getAttribute("aria-current")).toBe("page");
  const excel = screen.getByRole("link", { name: "엑셀저장" }).getAttribute("href");
  expect(excel).toBe(
    "/api/manage/usage-log/export?category=departments&from=2026-03-01&login=admin&format=xlsx",
  );
});

it("G-3: a search begins at the newest line, and another tab keeps the person", async () => {
  const requests = open("/manage/acme/usage-log?older=5.9", ANSWERS);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("계정"), "kim");
  await user.click(screen.getByRole("button", { name: "검색" }));
  await vi.waitFor(() => expect(asked(requests).at(-1)).toEqual({ category: "access", login: "kim" }));
  await user.click(screen.getByRole("button", { name: "다음 페이지" }));
  await vi.waitFor(() =>
    expect(asked(requests).at(-1)).toEqual({ category: "access", login: "kim", older_than: "1.6" }),
  );
  await user.click(screen.getByRole("link", { name: "통계" }));
  await vi.waitFor(() => expect(asked(requests).at(-1)).toEqual({ category: "statistics", login: "kim" }));
});

it("G-3: nothing found says what to do", async () => {
  open("/manage/acme/usage-log?login=nobody", {
    ...ANSWERS,
    "GET /api/manage/usage-log": { ...LOG, lines: [], total: 0, is_more: false, older: null },
  });
  expect(await screen.findByText("검색 결과가 없습니다")).toBeTruthy();
});

it("G-3: a period that ends before it begins is said at its field, and nothing is asked for", async () => {
  const requests = open("/manage/acme/usage-log?from=2026-03-02&until=2026-03-01", ANSWERS);
  const user = userEvent.setup();
  const until = await screen.findByLabelText("종료일");
  const before = asked(requests).length;
  await user.click(screen.getByRole("button", { name: "검색" }));
  expect(until.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("종료일이 시작일보다 앞섭니다.")).toBeTruthy();
  expect(asked(requests)).toHaveLength(before);
});
