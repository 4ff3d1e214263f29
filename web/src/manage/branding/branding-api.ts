import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";

/** Text and logo of the customer's page [O-4]. */
export const brandingQuery = queryOptions({ queryKey: ["manage", "branding"], queryFn: find, staleTime: 0 });

/** What customers see beside the service's name. */
export type Branding = Awaited<ReturnType<typeof find>>;

/** Changes text and logo; the page follows. */
export function useBrandingChanges() {
  const client = useQueryClient();
  const onSuccess = (after: Branding) => client.setQueryData(brandingQuery.queryKey, after);
  const saveText = useMutation({
    mutationFn: (body: { text: string; read: string }) => answer(api.PUT("/api/manage/branding", { body })),
    onSuccess,
  });
  const setLogo = useMutation({
    mutationFn: ({ file, read }: { file: File; read: string }) =>
      answer(
        api.PUT("/api/manage/branding/logo", {
          params: { query: { read } },
          body: [],
          bodySerializer: () => file,
          headers: { "Content-Type": "application/octet-stream" },
        }),
      ),
    onSuccess,
  });
  const removeLogo = useMutation({
    mutationFn: (read: string) =>
      answer(api.DELETE("/api/manage/branding/logo", { params: { query: { read } } })),
    onSuccess,
  });
  return { saveText, setLogo, removeLogo };
}

function find() {
  return answer(api.GET("/api/manage/branding", {}));
}
