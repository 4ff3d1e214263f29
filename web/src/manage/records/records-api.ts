import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";

const key = ["manage", "records"] as const;

/** Records on one page of the list. */
export const RECORDS_PAGE_SIZE = 20;

/** One page of the records, newest first. `page` ≥ 1. */
export const recordsQuery = (page: number) =>
  queryOptions({
    queryKey: [...key, "list", page],
    queryFn: () => list(page),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One line of the list. */
export type RecordLine = Awaited<ReturnType<typeof list>>["records"][number];

/** Everything kept of one session. */
export const recordQuery = (id: string) => queryOptions({ queryKey: [...key, id], queryFn: () => one(id) });

/** A record with its timeline and its chat. */
export type SupportRecord = Awaited<ReturnType<typeof one>>;

function list(page: number) {
  return answer(
    api.GET("/api/manage/records", { params: { query: { page, page_size: RECORDS_PAGE_SIZE } } }),
  );
}

function one(id: string) {
  return answer(api.GET("/api/manage/records/{id}", { params: { path: { id } } }));
}
