import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";
import { type UsageSearch, usageQuery } from "./usage-log-search";

/** One page of the lines that a search finds, newest first [G-3]. The server tells them in the page's `language`. */
export const usageLogQuery = (search: UsageSearch, language: string) =>
  queryOptions({
    queryKey: ["manage", "usage-log", search, language],
    queryFn: () => list(search),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One page of lines. */
export type UsageLog = Awaited<ReturnType<typeof list>>;

/** One line. */
export type UsageLine = UsageLog["lines"][number];

function list(search: UsageSearch) {
  return answer(api.GET("/api/manage/usage-log", { params: { query: usageQuery(search) } }));
}
