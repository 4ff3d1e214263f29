/** The tabs of the usage log, in the order of the requirements [G-3]. */
export const USAGE_TABS = [
  "access",
  "departments",
  "operators",
  "support-types",
  "records",
  "statistics",
] as const;

export type UsageTab = (typeof USAGE_TABS)[number];

/** What narrows the lines of a tab. */
export const USAGE_FILTERS = ["from", "until", "login", "address", "action"] as const;

/** What the usage log shows; stands in its address. */
export type UsageSearch = {
  tab?: UsageTab;
  older?: string;
  newer?: string;
} & { [K in (typeof USAGE_FILTERS)[number]]?: string };

/** Reads the address of the usage log; whatever is not understood is left out. */
export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  const tab = USAGE_TABS.find((each) => each === search["tab"]);
  const read: UsageSearch = tab === undefined || tab === "access" ? {} : { tab };
  for (const name of [...USAGE_FILTERS, "older", "newer"] as const) {
    const value = textOf(search[name]);
    if (value !== "") read[name] = value;
  }
  return read;
}

/** The query of the server's answer to a search. */
export function usageQuery({ tab = "access", older, newer, ...filters }: UsageSearch) {
  return {
    category: tab,
    ...filters,
    ...(older === undefined ? {} : { older_than: older }),
    ...(newer === undefined ? {} : { newer_than: newer }),
  };
}

/** Where the found lines are as a file. */
export function usageExportPath(search: UsageSearch, format: "xlsx" | "csv"): string {
  const { older: _older, newer: _newer, ...found } = search;
  return `/api/manage/usage-log/export?${new URLSearchParams({ ...usageQuery(found), format })}`;
}

// The router reads `?login=123` as a number.
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
