import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { paths } from "../../generated/api.ts";
import { answer, api, done } from "../../shared/api/client";
import type { OperatorSearch } from "./operators-search";

const key = ["manage", "operators"] as const;

/** Under which every page of the list is kept. */
export const operatorListsKey = [...key, "list"] as const;

/** Operators on one page of the list. */
export const OPERATORS_PAGE_SIZE = 50;

/** One page of the operators that a search finds [D-3]. */
export const operatorsQuery = (search: OperatorSearch) =>
  queryOptions({
    queryKey: [...operatorListsKey, search],
    queryFn: () => list(search),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One page of the list. */
export type OperatorList = Awaited<ReturnType<typeof list>>;

/** One operator of the list. */
export type Operator = OperatorList["operators"][number];

/** One operator. */
export const operatorQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id],
    queryFn: () => answer(api.GET("/api/manage/operators/{id}", { params: { path: { id } } })),
  });

/** The departments that an operator may belong to. */
export const departmentChoicesQuery = queryOptions({
  queryKey: ["manage", "departments"],
  queryFn: () => answer(api.GET("/api/manage/departments", {})),
});

type Body<Path extends keyof paths, Method extends "post" | "put"> =
  paths[Path] extends Record<Method, { requestBody: { content: { "application/json": infer Json } } }>
    ? Json
    : never;

/** What a new operator needs. */
export type NewOperator = Body<"/api/manage/operators", "post">;

/** What an operator is changed to. */
type ChangedOperator = Body<"/api/manage/operators/{id}", "put">;

/** A row of a file of operators. */
export type ImportRow = Body<"/api/manage/operators/import", "post">["rows"][number];

/** Creates an operator [D-1]. */
export function useCreateOperator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewOperator) => answer(api.POST("/api/manage/operators", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["manage"] }),
  });
}

/** Changes, signs out and deletes an operator [D-4, D-5, D-7]. */
export function useOperatorChanges(id: string) {
  const client = useQueryClient();
  const params = { path: { id } };
  const save = useMutation({
    mutationFn: (body: ChangedOperator) => answer(api.PUT("/api/manage/operators/{id}", { params, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["manage"] }),
  });
  const signOut = useMutation({
    mutationFn: () => done(api.POST("/api/manage/operators/{id}/sign-out", { params })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  const remove = useMutation({
    mutationFn: async (administrator_password: string) => {
      const body = { administrator_password };
      await done(api.POST("/api/manage/operators/{id}/delete", { params, body }));
    },
  });
  return { save, signOut, remove };
}

/** An operator's second step; turning it off asks for the administrator's password. */
export function useOperatorSecondStep(id: string) {
  const client = useQueryClient();
  const params = { path: { id } };
  const queryKey = [...key, id, "second-step"];
  const found = useQuery({
    queryKey,
    queryFn: () => answer(api.GET("/api/manage/operators/{id}/second-step", { params })),
  });
  const turnOff = async (administrator_password: string) => {
    const body = { administrator_password };
    await done(api.POST("/api/manage/operators/{id}/second-step/off", { params, body }));
    await client.invalidateQueries({ queryKey });
  };
  return { isOn: found.data?.is_on, turnOff };
}

/** An operator's options: the department's defaults, the own settings, and what comes of both [D-4]. */
export const operatorOptionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "options"],
    queryFn: () => options(id),
  });

/** One option of an operator; `own` null: as the department. */
export type OperatorOption = Awaited<ReturnType<typeof options>>["options"][number];

/** What stands in a file of operators, checked; nothing is changed [D-8]. */
export async function previewImport(file: File) {
  return answer(
    api.POST("/api/manage/operators/import/preview", {
      body: [],
      bodySerializer: () => file,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );
}

/** A row of a file with what is wrong with it. */
export type PreviewRow = Awaited<ReturnType<typeof previewImport>>["rows"][number];

/** Brings rows in, all of them or none. */
export function importRows(rows: ImportRow[], administrator_password: string) {
  return answer(api.POST("/api/manage/operators/import", { body: { rows, administrator_password } }));
}

function options(id: string) {
  return answer(api.GET("/api/manage/operators/{id}/options", { params: { path: { id } } }));
}

function list(search: OperatorSearch) {
  const { search_by = "login", search: text, sort, descending, page = 1 } = search;
  const query = {
    page,
    page_size: OPERATORS_PAGE_SIZE,
    ...(text === undefined ? {} : { search_by, search: text }),
    ...(sort === undefined ? {} : { sort }),
    ...(descending === true ? { descending } : {}),
  };
  return answer(api.GET("/api/manage/operators", { params: { query } }));
}
