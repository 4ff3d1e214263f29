import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { paths } from "../../generated/api.ts";
import { answer, api, done } from "../../shared/api/client";
import { given } from "../../shared/ui/given";
import { filterOf, type RecordFilter, type RecordSearch } from "./records-search";

const key = ["manage", "records"] as const;

/** Records on one page of the list. */
export const RECORDS_PAGE_SIZE = 20;

/** Records that are counted one by one; of more it is only known that they are more. */
export const RECORDS_COUNTED = 10_000;

type ListQuery = NonNullable<paths["/api/manage/records"]["get"]["parameters"]["query"]>;

/** One page of the records found, newest first. */
export const recordsQuery = (search: RecordSearch) =>
  queryOptions({
    queryKey: [...key, "list", search],
    queryFn: () => list(search),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One page of the list. */
export type RecordsFound = Awaited<ReturnType<typeof list>>;

/** One line of the list. */
export type RecordLine = RecordsFound["records"][number];

/** Everything kept of one session. */
export const recordQuery = (id: string) => queryOptions({ queryKey: [...key, id], queryFn: () => one(id) });

/** A record with its timeline and its chat. */
export type SupportRecord = Awaited<ReturnType<typeof one>>;

/** Where a record with its seals is taken away from, to be checked anywhere [Y-2]. */
export const bundleHref = (id: string) => `/api/manage/records/${encodeURIComponent(id)}/bundle`;

/** Where a recording is taken away from as one file [F-13]. */
export const recordingFileHref = (id: string, recording: string) =>
  `/api/manage/records/${encodeURIComponent(id)}/recordings/${encodeURIComponent(recording)}/file`;

/** Where the file for other players is taken away from. */
export const recordingFilmHref = (id: string, recording: string) =>
  `/api/manage/records/${encodeURIComponent(id)}/recordings/${encodeURIComponent(recording)}/film`;

/** How far the files for other players are. */
export const recordingsQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "recordings"],
    queryFn: () => answer(api.GET("/api/manage/records/{id}/recordings", { params: { path: { id } } })),
  });

/** Makes the file for other players again. */
export function tryRecordingFilmAgain(id: string, recording: string) {
  return answer(
    api.POST("/api/manage/records/{id}/recordings/{recording}/film", { params: { path: { id, recording } } }),
  );
}

/** Makes the customer's link to a copy of what was recorded. */
export function makeRecordingCopy(id: string) {
  return answer(api.POST("/api/manage/records/{id}/recording-copy", { params: { path: { id } } }));
}

/** The pieces of a recording, for a player. */
export function findRecordingPieces(id: string, recording: string) {
  return answer(
    api.GET("/api/manage/records/{id}/recordings/{recording}", { params: { path: { id, recording } } }),
  );
}

/** One piece of a recording, as it came. */
export async function fetchRecordingPiece(id: string, recording: string, piece: number): Promise<Uint8Array> {
  const bytes: unknown = await answer(
    api.GET("/api/manage/records/{id}/recordings/{recording}/pieces/{piece}", {
      params: { path: { id, recording, piece } },
      parseAs: "arrayBuffer",
    }),
  );
  if (!(bytes instanceof ArrayBuffer)) throw new Error("no piece");
  return new Uint8Array(bytes);
}

/** The records before and after one in a search. */
export const neighboursQuery = (id: string, filter: RecordFilter) =>
  queryOptions({
    queryKey: [...key, id, "neighbours", filter],
    queryFn: () =>
      answer(
        api.GET("/api/manage/records/{id}/neighbours", {
          params: { path: { id }, query: queryOf(filter) },
        }),
      ),
  });

/** What can be chosen for 부서 and 상담유형. */
export const choicesQuery = queryOptions({
  queryKey: [...key, "choices"],
  queryFn: async () => {
    const [departments, types] = await Promise.all([
      answer(api.GET("/api/manage/departments", {})),
      answer(api.GET("/api/manage/support-types", {})),
    ]);
    return { department: departments.departments, support_type: types.support_types };
  },
});

/** Deletes a record for good; the lists follow. */
export function useDeleteRecord(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      done(
        api.POST("/api/manage/records/{id}/delete", {
          params: { path: { id } },
          body: { administrator_password: password },
        }),
      ),
    onSuccess: () => {
      client.removeQueries({ queryKey: [...key, id] });
      return client.invalidateQueries({ queryKey: [...key, "list"] });
    },
  });
}

function list(search: RecordSearch) {
  const { page, older_than, newer_than, last, date } = search;
  const place = { page, older_than, newer_than, last, date };
  const query = { ...queryOf(filterOf(search)), ...place, page_size: RECORDS_PAGE_SIZE };
  return answer(api.GET("/api/manage/records", { params: { query: given(query) } }));
}

function one(id: string) {
  return answer(api.GET("/api/manage/records/{id}", { params: { path: { id } } }));
}

function queryOf({ resolution, ...texts }: RecordFilter): ListQuery {
  const known = resolution === "unchecked" || resolution === "resolved" || resolution === "unresolved";
  return given({ ...texts, resolution: known ? resolution : undefined });
}
