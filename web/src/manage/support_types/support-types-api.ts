import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, done } from "../../shared/api/client";

const key = ["manage", "support-types"] as const;

/** The company's support types in their order [E]. */
export const supportTypesQuery = queryOptions({ queryKey: key, queryFn: list });

/** One support type. */
export type SupportType = Awaited<ReturnType<typeof list>>["support_types"][number];

/** Creates, renames, orders and deletes support types; the list follows. */
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
  const reorder = useMutation({
    mutationFn: (ids: string[]) => answer(api.PUT("/api/manage/support-types/order", { body: { ids } })),
    // The list stands in its new order at once, and in the server's own after a refusal.
    onMutate: (ids) =>
      client.setQueryData(key, (before: SupportTypes | undefined) => before && inOrder(before, ids)),
    onSettled: onSuccess,
  });
  return { create, rename, remove, reorder };
}

type SupportTypes = Awaited<ReturnType<typeof list>>;

function inOrder({ support_types }: SupportTypes, ids: readonly string[]): SupportTypes {
  const place = new Map(ids.map((id, at) => [id, at]));
  const at = ({ id }: SupportType) => place.get(id) ?? ids.length;
  return { support_types: support_types.toSorted((one, other) => at(one) - at(other)) };
}

function list() {
  return answer(api.GET("/api/manage/support-types", {}));
}
