import { expect, it } from "vitest";
import { dayIn } from "../../shared/i18n/formats";
import {
  daysOf,
  exportAddress,
  filterOf,
  isFiltered,
  isOneLetter,
  PERIODS,
  readRecordSearch,
  withValue,
} from "./records-search";

it("R-1: an address is read as it was made, and what is not understood is left out", () => {
  const search = { from: "2026-11-01", to: "2026-11-28", customer_name: "박", text: 123, page: 3 };
  expect(readRecordSearch(search)).toEqual({ ...search, text: "123" });
  const odd = {
    from: "yesterday",
    to: "2026-13-01",
    resolution: "maybe",
    text: "  ",
    other: "x",
    older_than: -1,
    last: "no",
  };
  expect(readRecordSearch(odd)).toEqual({});
  expect(readRecordSearch({ last: true, older_than: 7, date: "2026-11-01" })).toEqual({
    last: true,
    older_than: 7,
    date: "2026-11-01",
  });
});

it("R-1: a filter is the search without its page", () => {
  expect(filterOf({ text: "프린터", page: 2, older_than: 3 })).toEqual({ text: "프린터" });
  expect(isFiltered(filterOf({ page: 2 }))).toBe(false);
  expect(withValue({ text: "프린터", from: "2026-11-01" }, "text", " ")).toEqual({ from: "2026-11-01" });
});

it.each([
  ["customer_name", "박", true],
  ["operator_name", " L ", true],
  ["text", "\u1112\u1161\u11ab", true],
  ["text", "𠮷", true],
  ["text", "박고", false],
  ["text", " ", false],
  ["operator_login", "k", false],
] as const)("R-1: of %s, %j finds beginnings alone: %s", (key, text, expected) => {
  expect(isOneLetter(key, text)).toBe(expected);
});

it.each([
  ["1d", "2026-03-31"],
  ["3d", "2026-03-29"],
  ["1w", "2026-03-25"],
  ["1m", "2026-03-01"],
  ["3m", "2026-01-01"],
  ["6m", "2025-10-01"],
  ["1y", "2025-04-01"],
])("R-1: the period %s that ends on 2026-03-31 begins on %s", (key, from) => {
  const period = PERIODS.find((each) => each.key === key);
  expect(period && daysOf(period, "2026-03-31")).toEqual({ from, to: "2026-03-31" });
});

it.each([
  ["Asia/Seoul", "2026-12-01", "2026-11-02"],
  ["Europe/London", "2026-11-30", "2026-10-31"],
  ["America/Los_Angeles", "2026-11-30", "2026-10-31"],
])("R-1: at 00:30 in Seoul it is in %s %s, and the month began on %s", (zone, today, from) => {
  const day = dayIn(zone, Date.parse("2026-11-30T15:30:00Z"));
  expect(day).toBe(today);
  expect(daysOf(PERIODS[3], day)).toEqual({ from, to: today });
});

it("R-4: the file is of what is found", () => {
  expect(exportAddress({ from: "2026-11-01", text: "100%" }, "csv")).toBe(
    "/api/manage/records/export?format=csv&from=2026-11-01&text=100%25",
  );
});
