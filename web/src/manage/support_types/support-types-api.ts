import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, done } from "../../shared/api/client";

const key = ["manage", "support-types"] as const;

/** The company's support types in their order [E]. */
export const supportTypesQuery = queryOptions({ queryKey: key, queryFn: list });

/** One support type. */
export type SupportType = Awaited<ReturnType<typeof list>>["support_types"][number];

/** Creates, renames and deletes support types; the list follows. */
export function useSupportTypeChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: key });
  const create = useMutation({
    mutationFn: (name: string) => answer(api.POST("/api/manage/support-types", { body: { name } })),
    onSuccess,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      answer(api.PATCH("/api/manage/support-types/{id}", { params: { path: { id } }, body: { name } })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      done(api.DELETE("/api/manage/support-types/{id}", { params: { path: { id } } })),
    onSuccess,
  });
  return { create, rename, remove };
}

function list() {
  return answer(api.GET("/api/manage/support-types", {}));
}
