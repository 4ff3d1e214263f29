import { readPage } from "../../shared/paging/read-page";

/** What a statistic is of; stands in its address. */
export type StatisticsSearch = {
  /** The first day, `2026-11-01`. */
  from?: string;
  /** The last day. */
  to?: string;
  /** A department's id. */
  department?: string;
  /** An operator's ID. */
  operator?: string;
  page?: number;
};

const NAMES = ["from", "to", "department", "operator"] as const;

/** Reads the address of a statistic; whatever is not understood is left out. */
export function readStatisticsSearch(search: Record<string, unknown>): StatisticsSearch {
  const read: StatisticsSearch = readPage(search);
  for (const name of NAMES) {
    const value = search[name];
    // The router reads `?operator=1234` as a number.
    const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    if (text !== "") read[name] = text;
  }
  return read;
}
