import { readPage } from "../../shared/paging/read-page";

/** What can be chosen as 검색 키, in the order of the requirements. */
export const SEARCH_KEYS = [
  "operator_login",
  "operator_name",
  "customer_name",
  "department",
  "support_type",
  "customer_os",
  "resolution",
  "address",
  "text",
] as const;

export type SearchKey = (typeof SEARCH_KEYS)[number];

export const RESOLUTIONS = ["unchecked", "resolved", "unresolved"] as const;

/** What is looked for; all of it must hold. Days are `2026-11-01`. */
export type RecordFilter = { from?: string; to?: string } & { [key in SearchKey]?: string };

/** Which page of what was found; nothing: the first. */
export type RecordPlace = {
  page?: number;
  older_than?: number;
  newer_than?: number;
  last?: true;
  date?: string;
};

/** A search as it stands in the address, so that it can be kept and shared. */
export type RecordSearch = RecordFilter & RecordPlace;

/** Reads the address; whatever is not understood is left out. */
export function readRecordSearch(search: Record<string, unknown>): RecordSearch {
  const texts = SEARCH_KEYS.flatMap((key) => {
    const text = readText(search[key]);
    return text === "" || (key === "resolution" && !isResolution(text)) ? [] : [[key, text]];
  });
  const days = ["from", "to", "date"].flatMap((name) => {
    const day = readDay(search[name]);
    return day === undefined ? [] : [[name, day]];
  });
  const numbers = ["older_than", "newer_than"].flatMap((name) => {
    const no = Number(search[name]);
    return Number.isSafeInteger(no) && no > 0 ? [[name, no]] : [];
  });
  const last = search["last"] === true || search["last"] === "true" ? { last: true } : {};
  return Object.fromEntries([
    ...days,
    ...texts,
    ...numbers,
    ...Object.entries({ ...readPage(search), ...last }),
  ]);
}

/** The search without its page. */
export function filterOf(search: RecordSearch): RecordFilter {
  const { page: _1, older_than: _2, newer_than: _3, last: _4, date: _5, ...filter } = search;
  return filter;
}

/** Whether anything is left out by it. */
export function isFiltered(filter: RecordFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Of these a single letter finds what begins with it alone; more find any part. */
const INFIXES: readonly SearchKey[] = ["operator_name", "customer_name", "text"];

/** Whether a text finds by its beginning where a longer one would by any part. Letters are counted composed, as the server does. */
export function isOneLetter(key: SearchKey, text: string): boolean {
  return INFIXES.includes(key) && [...text.trim().normalize("NFC")].length === 1;
}

/** The filter with another value for one key; an empty one takes it away. */
export function withValue(filter: RecordFilter, key: keyof RecordFilter, value: string): RecordFilter {
  const { [key]: _before, ...others } = filter;
  const text = value.trim();
  return text === "" ? others : { ...others, [key]: text };
}

/** 당일, 3일, 1주일, 1개월, 3개월, 6개월, 1년: days or months back, today with them. */
export const PERIODS = [
  { key: "1d", days: 0 },
  { key: "3d", days: 2 },
  { key: "1w", days: 6 },
  { key: "1m", months: 1 },
  { key: "3m", months: 3 },
  { key: "6m", months: 6 },
  { key: "1y", months: 12 },
] as const;

/** The days of a period that ends `today`, `2026-11-28`. */
export function daysOf(period: (typeof PERIODS)[number], today: string): { from: string; to: string } {
  const [year = 1970, month = 1, day = 1] = today.split("-").map(Number);
  if ("days" in period) return { from: dayOf(year, month - 1, day - period.days), to: today };
  // The last day of a shorter month stands for those that it does not have; the day after is the first of the period.
  const back = month - 1 - period.months;
  const length = new Date(Date.UTC(year, back + 1, 0)).getUTCDate();
  return { from: dayOf(year, back, Math.min(day, length) + 1), to: today };
}

// In UTC, where no clock is changed and a day too many is the first of the next month.
function dayOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** The address of the file with everything that is found. */
export function exportAddress(filter: RecordFilter, format: "xlsx" | "csv"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  return `/api/manage/records/export?${query}`;
}

function isResolution(text: string): boolean {
  return RESOLUTIONS.some((name) => name === text);
}

// The router reads `?text=123` as a number.
function readText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

function readDay(value: unknown): string | undefined {
  const text = readText(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}
