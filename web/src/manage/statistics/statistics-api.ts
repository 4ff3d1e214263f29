import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api, BY_ITSELF } from "../../shared/api/client";
import type { StatisticsKind } from "./kinds";
import type { StatisticsSearch } from "./statistics-search";

/** One page of a statistic, with what all its rows add up to. */
export const statisticsQuery = (kind: StatisticsKind, search: StatisticsSearch) =>
  queryOptions({
    queryKey: ["manage", "statistics", kind, search],
    queryFn: () => show(kind, search),
    // Another period of the same statistic takes the place of the last one; another statistic does not.
    placeholderData: (before, query) => (query?.queryKey[2] === kind ? keepPreviousData(before) : undefined),
    staleTime: 0,
  });

/** Milliseconds between looks how far statistics have moved to another time zone. */
const MOVE_LOOK_MS = 2_000;

/** How far statistics have moved to the company's time zone; a look is noted nowhere and is no work. */
export const moveQuery = queryOptions({
  queryKey: ["manage", "statistics-move"],
  queryFn: () => answer(api.GET("/api/manage/statistics", BY_ITSELF)),
  refetchInterval: MOVE_LOOK_MS,
  staleTime: 0,
  gcTime: 0,
});

/** The departments to choose from. */
export const departmentChoices = queryOptions({
  queryKey: ["manage", "departments"],
  queryFn: () => answer(api.GET("/api/manage/departments")),
});

/** A statistic as the server counts it. */
export type Statistics = Awaited<ReturnType<typeof show>>;

/** One of its rows. */
export type StatisticsRow = Statistics["rows"][number];

/** Where the file with the same numbers is. */
export function exportAddress(
  kind: StatisticsKind,
  search: StatisticsSearch,
  format: "xlsx" | "csv",
): string {
  const { page: _, ...filters } = search;
  return `/api/manage/statistics/${kind}/export?${new URLSearchParams({ ...filters, format })}`;
}

function show(kind: StatisticsKind, search: StatisticsSearch) {
  return answer(api.GET("/api/manage/statistics/{kind}", { params: { path: { kind }, query: search } }));
}
