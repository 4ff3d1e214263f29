import { screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { open, SIGNED_IN } from "./test-page";

afterEach(() => vi.unstubAllGlobals());

// The end of 30 November in Seoul, where it is another day than in the browser.
const UNTIL_MS = Date.parse("2026-11-30T15:00:00Z");
const LICENCE = {
  until_ms: UNTIL_MS as number | null,
  operators: 5,
  mobile_operators: 1,
  left: 4,
  pc: 1,
  pc_and_mobile: 0,
  ended: false,
  ends_soon: false,
};
const openWith = (page: string, licence: object, me: object = SIGNED_IN) =>
  open(`/manage/acme${page}`, {
    "GET /api/manage/me": me,
    "GET /api/manage/departments": { departments: [] },
    "GET /api/manage/operators": { operators: [], total: 0 },
    "GET /api/manage/licence": { ...LICENCE, ...licence },
  });

const COUNTED = ["/operators", "/operators/new", "/operators/import"];

it.each(COUNTED)("D-2: the licence and what is left of it stand on %s", async (page) => {
  openWith(page, { until_ms: null });
  expect(await screen.findByText("솔루션 라이선스입니다. 기간 제한이 없습니다.")).toBeTruthy();
  const counts = within(screen.getByRole("region", { name: "라이선스" }));
  expect(counts.getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual([
    "생성 가능 수",
    "PC",
    "PC + 모바일",
  ]);
  expect(counts.getAllByRole("cell").map(({ textContent }) => textContent)).toEqual(["4 (전체 5)", "1", "0"]);
});

it.each(["", ...COUNTED])("D-2: a licence that ends soon says so on /manage/acme%s", async (page) => {
  openWith(page, { ends_soon: true });
  expect(await screen.findByText(/^라이선스가 2026년 11월 30일에 끝납니다/)).toBeTruthy();
});

it.each(["", ...COUNTED])("D-2: a licence that has ended says so on /manage/acme%s", async (page) => {
  openWith(page, { ended: true });
  const told = await screen.findByText(/^라이선스가 2026년 11월 30일에 끝나 상담원이/);
  expect(told.className).toContain("warning");
});

it.each(COUNTED)("D-2: %s says when no operator is left to be made", async (page) => {
  openWith(page, { left: 0, pc: 5 });
  expect(await screen.findByText(/^상담원 5명을 모두 만들었습니다/)).toBeTruthy();
});

it.each([
  ["Pacific/Kiritimati", "12월 1일"],
  ["America/Los_Angeles", "11월 30일"],
])("D-2: in %s the same moment is on %s", async (time_zone, day) => {
  openWith("/operators/new", {}, { ...SIGNED_IN, time_zone });
  expect(await screen.findByText(`ASP 라이선스입니다. 2026년 ${day}까지 사용할 수 있습니다.`)).toBeTruthy();
});

it("D-2: the start page says nothing of a licence that goes on", async () => {
  const requests = openWith("", {});
  await vi.waitFor(() => expect(requests.some(({ url }) => url.endsWith("/licence"))).toBe(true));
  await screen.findByRole("heading", { level: 1 });
  expect(screen.queryByText(/라이선스가/)).toBeNull();
});
