import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, done } from "../../shared/api/client";

const key = ["manage", "departments"] as const;

/** The company's departments with the number of their operators [C]. */
export const departmentsQuery = queryOptions({
  queryKey: key,
  queryFn: list,
});

/** One department of the list. */
export type Department = Awaited<ReturnType<typeof list>>["departments"][number];

/** Creates, renames and deletes departments; the list follows. */
export function useDepartmentChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: key });
  const create = useMutation({
    mutationFn: (name: string) => answer(api.POST("/api/manage/departments", { body: { name } })),
    onSuccess,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      answer(api.PATCH("/api/manage/departments/{id}", { params: { path: { id } }, body: { name } })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      done(api.DELETE("/api/manage/departments/{id}", { params: { path: { id } } })),
    onSuccess,
  });
  return { create, rename, remove };
}

/** A department's default options [C-3]. */
export const departmentOptionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "options"],
    queryFn: () => options(id),
  });

/** One default of a department. */
export type DepartmentOption = Awaited<ReturnType<typeof options>>["options"][number];

/** Saves a department's default options. */
export function useSaveDepartmentOptions(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: { key: string; value: boolean }[]) =>
      done(api.PUT("/api/manage/departments/{id}/options", { params: { path: { id } }, body: { options } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["manage"] }),
  });
}

function options(id: string) {
  return answer(api.GET("/api/manage/departments/{id}/options", { params: { path: { id } } }));
}

function list() {
  return answer(api.GET("/api/manage/departments", {}));
}
