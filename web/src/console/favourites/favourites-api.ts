import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "../../generated/api.ts";
import { answer, api } from "../../shared/api/client";

export type Favourite = components["schemas"]["Favourite"];
export type Favourites = components["schemas"]["Favourites"];

const queryKey = ["favourites"] as const;
const mutationKey = ["favourites", "save"] as const;

/** The operator's own favourites and the company's [F-10]. */
export const favouritesQuery = queryOptions({
  queryKey,
  queryFn: () => answer(api.GET("/api/console/favourites")),
  staleTime: 0,
});

/** Keeps the operator's own list as given. It stands so at once, and as the server has it after a refusal. */
export function useSaveFavourites() {
  const client = useQueryClient();
  const change = (to: (before: Favourites) => Favourites) =>
    client.setQueryData(queryKey, (before: Favourites | undefined) => before && to(before));
  return useMutation({
    mutationKey,
    // One after the other: each names when the one before it was kept.
    scope: { id: "favourites" },
    mutationFn: (favourites: Favourite[]) => {
      const changed_at_ms = client.getQueryData<Favourites>(queryKey)?.changed_at_ms ?? 0;
      return answer(api.PUT("/api/console/favourites", { body: { favourites, changed_at_ms } }));
    },
    onMutate: async (favourites) => {
      await client.cancelQueries({ queryKey });
      change((before) => ({ ...before, favourites }));
    },
    onSuccess: (kept) => {
      const isLast = client.isMutating({ mutationKey }) === 1;
      change((before) => ({ ...kept, favourites: isLast ? kept.favourites : before.favourites }));
    },
    onError: () => client.invalidateQueries({ queryKey }),
  });
}
