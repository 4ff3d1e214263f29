import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { paths } from "../../generated/api.ts";
import { answer, api, done } from "../../shared/api/client";
import type { OperatorSearch } from "./operators-search";

const key = ["manage", "operators"] as const;

/** Operators on one page of the list. */
export const OPERATORS_PAGE_SIZE = 50;

/** One page of the operators that a search finds [D-3]. */
export const operatorsQuery = (search: OperatorSearch) =>
  queryOptions({
    queryKey: [...key, "list", search],
    queryFn: () => list(search),
    placeholderData: keepPreviousData,
  });

/** One operator. */
export const operatorQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id],
    queryFn: () => answer(api.GET("/api/manage/operators/{id}", { params: { path: { id } } })),
  });

/** One operator of the list. */
export type Operator = Awaited<ReturnType<typeof list>>["operators"][number];

/** The departments that an operator may belong to. */
export const departmentChoicesQuery = queryOptions({
  queryKey: ["manage", "departments"],
  queryFn: () => answer(api.GET("/api/manage/departments", {})),
});

/** What a new operator needs. */
export type NewOperator =
  paths["/api/manage/operators"]["post"]["requestBody"]["content"]["application/json"];

/** Creates an operator [D-1]. */
export function useCreateOperator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewOperator) => answer(api.POST("/api/manage/operators", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["manage"] }),
  });
}

/** An operator's options: the department's defaults, the own settings, and what comes of both [D-4]. */
export const operatorOptionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "options"],
    queryFn: () => options(id),
  });

/** One option of an operator; `own` null: as the department. */
export type OperatorOption = Awaited<ReturnType<typeof options>>["options"][number];

/** Saves an operator's own options; asks for the administrator's password [D-5]. */
export function useSaveOperatorOptions(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ own, password }: { own: { key: string; own: boolean | null }[]; password: string }) =>
      done(
        api.PUT("/api/manage/operators/{id}/options", {
          params: { path: { id } },
          body: { options: own, administrator_password: password },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: [...key, id, "options"] }),
  });
}

function options(id: string) {
  return answer(api.GET("/api/manage/operators/{id}/options", { params: { path: { id } } }));
}

function list(search: OperatorSearch) {
  const query = { page: search.page ?? 1, page_size: OPERATORS_PAGE_SIZE };
  const { search_by, search: text } = search;
  return answer(
    api.GET("/api/manage/operators", {
      params: {
        query: text === undefined ? query : { ...query, search_by: search_by ?? "login", search: text },
      },
    }),
  );
}
