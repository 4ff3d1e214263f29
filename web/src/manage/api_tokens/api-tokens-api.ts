import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { paths } from "../../generated/api.ts";
import { answer, api, done } from "../../shared/api/client";

const key = ["manage", "api-tokens"] as const;

/** The administrator's own tokens, newest first, and every scope there is. */
export const apiTokensQuery = queryOptions({ queryKey: key, queryFn: list });

/** One token, without its secret. */
export type ApiToken = Awaited<ReturnType<typeof list>>["tokens"][number];

/** What a new token needs. */
export type NewApiToken =
  paths["/api/manage/api-tokens"]["post"]["requestBody"]["content"]["application/json"];

/** Makes a token; the answer is the only place where its secret stands. */
export function useCreateApiToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewApiToken) => answer(api.POST("/api/manage/api-tokens", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Takes a token back. */
export function useRevokeApiToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, password }: { id: string; password: string }) =>
      done(
        api.POST("/api/manage/api-tokens/{id}/revoke", {
          params: { path: { id } },
          body: { administrator_password: password },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

function list() {
  return answer(api.GET("/api/manage/api-tokens", {}));
}
