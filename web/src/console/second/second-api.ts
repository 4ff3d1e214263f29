import type { components } from "../../generated/api";
import { answer, api, BY_ITSELF, done } from "../../shared/api/client";

export type PresentOperator = components["schemas"]["PresentOperator"];
export type NewSecond = components["schemas"]["NewSecond"];

/** Who could be invited: operators with a console open. They come and go, so nothing is kept. */
export function presentOperatorsQuery(search: string) {
  return {
    queryKey: ["present-operators", search],
    queryFn: () => answer(api.GET("/api/console/operators", { params: { query: { search } }, ...BY_ITSELF })),
    gcTime: 0,
  };
}

export function inviteOperator(id: string, body: NewSecond): Promise<void> {
  return done(api.POST("/api/console/sessions/{id}/second", { params: { path: { id } }, body }));
}

export function acceptInvitation(id: string): Promise<void> {
  return done(api.POST("/api/console/sessions/{id}/second/acceptance", { params: { path: { id } } }));
}

/** Withdraws, declines, leaves or sends away: whichever it is for who says it. */
export function endInvitation(id: string): Promise<void> {
  return done(api.DELETE("/api/console/sessions/{id}/second", { params: { path: { id } } }));
}
