import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { open, Refusal, SIGNED_IN } from "../test-page";
import type { ChartData } from "./chart-option";

const drawn: ChartData[] = [];

// The test's browser has no canvas; what would be drawn is compared with the table.
vi.mock("./chart", () => ({
  Chart: ({ data }: { data: ChartData }) => {
    drawn.push(data);
    return null;
  },
}));

beforeEach(() => void drawn.splice(0));
afterEach(() => vi.unstubAllGlobals());

const row = (key: string, supports: number, more: object = {}) => ({
  key,
  name: null,
  login: null,
  supports,
  duration_s: supports * 90,
  average_s: supports === 0 ? 0 : 90,
  share_per_mille: supports === 0 ? 0 : 500,
  before: { supports: 1, duration_s: 60 },
  ratings: [],
  ...more,
});

const page = (kind: string, rows: ReturnType<typeof row>[], more: object = {}) => ({
  kind,
  from: "2026-11-01",
  to: "2026-11-28",
  today: "2026-11-28",
  time_zone: "Asia/Seoul",
  moved_percent: null,
  before_from: "2026-10-04",
  before_to: "2026-10-31",
  rows,
  row_count: rows.length,
  page_size: 100,
  supports: rows.reduce((sum, { supports }) => sum + supports, 0),
  duration_s: rows.reduce((sum, { duration_s }) => sum + duration_s, 0),
  average_s: 90,
  before: { supports: 0, duration_s: 0 },
  ...more,
});

const answers = (kind: string, answer: unknown) => ({
  "GET /api/manage/me": SIGNED_IN,
  "GET /api/manage/departments": { departments: [{ id: "7", name: "기술지원", operator_count: 1 }] },
  [`GET /api/manage/statistics/${kind}`]: answer,
});

const texts = (line: HTMLElement) => [...line.children].map((cell) => cell.textContent);

it("T-3: chart and table show the same rows, and their sum stands under them", async () => {
  const rows = [
    row("9", 3),
    row("10", 0, { before: null }),
    row("11", 2, { before: { supports: 0, duration_s: 0 } }),
  ];
  open("/manage/acme/statistics/by-hour", answers("by-hour", page("by-hour", rows)));
  const table = await screen.findByRole("table", { name: "시간대별" });
  expect(within(table).getAllByRole("row").map(texts)).toEqual([
    ["시간대", "건수", "비율", "총 시간", "평균 시간", "이전 기간", "증감"],
    ["09:00–10:00", "3", "50.0%", "4분 30초", "1분 30초", "1", "+2 (+200%)"],
    ["10:00–11:00", "0", "0.0%", "0초", "0초", "–", "–"],
    ["11:00–12:00", "2", "50.0%", "3분 0초", "1분 30초", "0", "–"],
    ["합계", "5", "100.0%", "7분 30초", "1분 30초", "0", "–"],
  ]);
  await vi.waitFor(() => expect(drawn.length).toBeGreaterThan(0));
  expect(drawn.at(-1)).toMatchObject({
    labels: ["09:00–10:00", "10:00–11:00", "11:00–12:00"],
    series: [{ values: [3, 0, 2] }, { values: [1, 0, 0] }],
    lying: false,
  });
  expect(screen.getByRole("img", { name: /가장 많은 항목은 09:00–10:00 3건/ })).toBeTruthy();
});

it("T-1: period and filters stand in the address, and the file has the same", async () => {
  const address = "/manage/acme/statistics/by-day?from=2026-11-01&to=2026-11-28&department=7&operator=1234";
  const requests = open(address, answers("by-day", page("by-day", [row("2026-11-02", 1)])));
  await screen.findByRole("table", { name: "일별" });
  const asked = requests.map(({ url }) => new URL(url)).find(({ pathname }) => pathname.endsWith("/by-day"));
  const filters = { from: "2026-11-01", to: "2026-11-28", department: "7", operator: "1234" };
  expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual(filters);
  const file = screen.getByRole("link", { name: "엑셀저장" }).getAttribute("href") ?? "";
  const exported = new URL(file, "https://beside.test");
  expect(exported.pathname).toBe("/api/manage/statistics/by-day/export");
  expect(Object.fromEntries(exported.searchParams)).toEqual({ ...filters, format: "xlsx" });
});

it("a file that is refused says so in the page, as CSV, too", async () => {
  open("/manage/acme/statistics/by-day", {
    ...answers("by-day", page("by-day", [row("2026-11-02", 1)])),
    "POST /api/manage/exports": new Refusal(429, { code: "exports-busy", title: "" }),
  });
  await userEvent.setup().click(await screen.findByRole("link", { name: "CSV 저장" }));
  expect(await screen.findByRole("alertdialog")).toBeTruthy();
});

it("T-4: 보기 asks for what was typed; a preset asks at once and keeps it", async () => {
  const requests = open(
    "/manage/acme/statistics/by-os",
    answers("by-os", page("by-os", [row("Windows", 1)])),
  );
  await screen.findByRole("table", { name: "고객OS별" });
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("상담원 ID"), "kim_01");
  await user.click(screen.getByRole("button", { name: "보기" }));
  const asked = () => Object.fromEntries(new URL(requests.at(-1)?.url ?? "").searchParams);
  const typed = { from: "2026-11-01", to: "2026-11-28", operator: "kim_01" };
  await vi.waitFor(() => expect(asked()).toEqual(typed));
  await user.click(await screen.findByRole("button", { name: "3년" }));
  await vi.waitFor(() => expect(asked()).toEqual({ ...typed, from: "2023-11-29" }));
});

it("a refusal stands at its field, and what was typed stays", async () => {
  const refusal = new Refusal(422, {
    code: "invalid-fields",
    title: "",
    errors: [{ field: "operator", code: "operator-unknown" }],
  });
  open("/manage/acme/statistics/by-month?operator=nobody", answers("by-month", refusal));
  expect(await screen.findByText("이 ID의 상담원이 없습니다.")).toBeTruthy();
  expect(screen.getByLabelText("상담원 ID")).toHaveProperty("value", "nobody");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("a period without support says so and offers another", async () => {
  open("/manage/acme/statistics/by-month", answers("by-month", page("by-month", [row("2026-11", 0)])));
  expect(await screen.findByText("이 기간에 지원이 없습니다")).toBeTruthy();
  expect(screen.queryByRole("table")).toBeNull();
});

it("G-2: while statistics move to another time zone the page says how far they are, and shows them anew at the end", async () => {
  const moving = page("by-hour", [row("9", 3)], { time_zone: "Asia/Tokyo", moved_percent: 7 });
  const given: Record<string, unknown> = {
    ...answers("by-hour", moving),
    "GET /api/manage/statistics": { time_zone: "Asia/Tokyo", moved_percent: 43 },
  };
  const requests = open("/manage/acme/statistics/by-hour", given);
  expect(await screen.findByText(/새 시간대\(Asia\/Tokyo\)로 옮기는 중입니다: 43%/)).toBeTruthy();
  const look = requests.find(({ url }) => new URL(url).pathname === "/api/manage/statistics");
  expect(look?.headers.has("x-beside-background")).toBe(true);
  given["GET /api/manage/statistics"] = { time_zone: "Asia/Tokyo", moved_percent: null };
  given["GET /api/manage/statistics/by-hour"] = page("by-hour", [row("10", 3)], { time_zone: "Asia/Tokyo" });
  expect(await screen.findByText("10:00–11:00", {}, { timeout: 5_000 })).toBeTruthy();
  expect(screen.queryByText(/옮기는 중/)).toBeNull();
});

it("T-4: an operator's name leads to its days, and many operators come page by page", async () => {
  const rows = [row("id-1", 3, { login: "kim_01", name: "김상담" })];
  const many = page("by-operator", rows, { row_count: 250 });
  open("/manage/acme/statistics/by-operator?from=2026-11-01", answers("by-operator", many));
  const link = await screen.findByRole("link", { name: "kim_01" });
  expect(link.getAttribute("href")).toBe("/manage/acme/statistics/by-day?from=2026-11-01&operator=kim_01");
  expect(
    within(screen.getByRole("navigation", { name: "페이지 이동" })).getByRole("button", { name: "3" }),
  ).toBeTruthy();
});

it("T-8: ratings stand beside each type, and what nobody rated is said", async () => {
  const rows = [
    row("1", 5, { name: "프린터", ratings: [0, 0, 1, 0, 2] }),
    row("", 1, { ratings: [0, 0, 0, 0, 0] }),
  ];
  open("/manage/acme/statistics/by-satisfaction", answers("by-satisfaction", page("by-satisfaction", rows)));
  const table = await screen.findByRole("table", { name: "고객만족도별" });
  expect(
    within(table)
      .getAllByRole("row")
      .map((line) => texts(line).slice(2, 9)),
  ).toEqual([
    ["5점", "4점", "3점", "2점", "1점", "미평가", "평균 점수"],
    ["2", "0", "1", "0", "0", "2", "4.33"],
    ["0", "0", "0", "0", "0", "1", "–"],
    ["2", "0", "1", "0", "0", "3", "4.33"],
  ]);
  await vi.waitFor(() => expect(drawn.length).toBeGreaterThan(0));
  expect(drawn.at(-1)?.series.map(({ values }) => values[0])).toEqual([2, 0, 1, 0, 0, 2]);
});
