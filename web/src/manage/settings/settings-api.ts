import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";

const key = ["manage", "settings"] as const;

/** How the company is set [G-2], and when that was changed. */
export const settingsQuery = queryOptions({ queryKey: key, queryFn: find });

/** The settings with what their page must know besides. */
export type FoundSettings = Awaited<ReturnType<typeof find>>;

/** How a company is set. */
export type Settings = FoundSettings["settings"];

/** What is saved: the settings, since when they stood as they were read, and the password where it is needed. */
export type NewSettings = {
  settings: Settings;
  changed_at_ms: number;
  administrator_password: string | null;
};

/** Saves the settings. */
export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSettings) => answer(api.PUT("/api/manage/settings", { body })),
    onSuccess: async (saved) => {
      client.setQueryData(key, saved);
      // The clock by which every page shows the time, and when this page signs out by itself.
      await client.invalidateQueries({ queryKey: ["manage", "me"] });
    },
  });
}

function find() {
  return answer(api.GET("/api/manage/settings", {}));
}
