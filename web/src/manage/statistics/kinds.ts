/** The eight statistics, in the order of the menu [T-1 … T-8]. */
export const STATISTICS_KINDS = [
  "by-month",
  "by-day",
  "by-hour",
  "by-operator",
  "by-duration",
  "by-os",
  "by-support-type",
  "by-satisfaction",
] as const;

/** One of them. */
export type StatisticsKind = (typeof STATISTICS_KINDS)[number];

/** Whether its rows follow each other in time or length; else they stand by size, and their names are long. */
export function isInOrder(kind: StatisticsKind): boolean {
  return kind === "by-month" || kind === "by-day" || kind === "by-hour" || kind === "by-duration";
}
