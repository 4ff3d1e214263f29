import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "../../generated/api.ts";
import { answer, api, done } from "../../shared/api/client";
import { type OwnPort, ownKey } from "../../shared/own/own-port";
import { endSession } from "../sign_in/session";

const accountKey = ["manage", "administrator"] as const;
const administratorsKey = ["manage", "administrators"] as const;

/** 관리자정보 [G-1]. */
export const accountQuery = queryOptions({
  queryKey: accountKey,
  queryFn: () => answer(api.GET("/api/manage/administrator", {})),
});

/** 관리자정보 as it was read. */
export type Account = components["schemas"]["AdministratorAccount"];

/** Changed 관리자정보, with the present password. */
export type ChangedAccount = components["schemas"]["ChangedAccount"];

/** Saves 관리자정보; the frame shows the new names. */
export function useSaveAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangedAccount) => answer(api.PUT("/api/manage/administrator", { body })),
    onSuccess: async (saved) => {
      client.setQueryData(accountKey, saved);
      await Promise.all([
        client.invalidateQueries({ queryKey: ["manage", "me"] }),
        client.invalidateQueries({ queryKey: ownKey }),
      ]);
    },
  });
}

/** The company's administrators, and who is invited [G-4]. */
export const administratorsQuery = queryOptions({
  queryKey: administratorsKey,
  queryFn: () => answer(api.GET("/api/manage/administrators", {})),
});

/** One administrator of the list. */
export type AdministratorEntry = components["schemas"]["AdministratorEntry"];

/** An invitation that was not taken up yet. */
export type Invitation = components["schemas"]["InvitationEntry"];

/** Invites, takes invitations back and removes; the list follows. */
export function useAdministratorChanges() {
  const client = useQueryClient();
  const follow = () => client.invalidateQueries({ queryKey: administratorsKey });
  return {
    invite: async (name: string, password: string) => {
      const body = { name, administrator_password: password };
      const link = await answer(api.POST("/api/manage/administrators/invitations", { body }));
      void follow();
      return link;
    },
    withdraw: async (id: string) => {
      await done(api.DELETE("/api/manage/administrators/invitations/{id}", { params: { path: { id } } }));
      void follow();
    },
    remove: async (id: string, password: string) => {
      const body = { administrator_password: password };
      await done(api.POST("/api/manage/administrators/{id}/remove", { params: { path: { id } }, body }));
      void follow();
    },
  };
}

/** The administrator's own sign-ins and second step. */
export function ownPort(client: QueryClient): OwnPort {
  return {
    list: () => answer(api.GET("/api/manage/own/sign-ins", {})),
    signOutEverywhere: () => done(api.POST("/api/manage/own/sign-out-everywhere", {})),
    begin: (password) => answer(api.POST("/api/manage/own/second-step", { body: { password } })),
    confirm: async (code) => (await answer(api.PUT("/api/manage/own/second-step", { body: { code } }))).codes,
    turnOff: (password, code) =>
      done(api.POST("/api/manage/own/second-step/off", { body: { password, code } })),
    signedOut: () => endSession(client, "by-hand"),
  };
}
