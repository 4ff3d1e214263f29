import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { answer, api, done, setCsrfToken } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";

export const sessionKey = ["manage", "me"] as const;

/** Who is signed in; `null`: nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the server says of the signed-in administrator. */
export type AdministratorSession = Awaited<ReturnType<typeof fetchSignedIn>>;

/** The session of the page's administrator, for everything behind the sign-in. */
export const SignedInContext = createContext<AdministratorSession | null>(null);

/** The signed-in administrator. Only behind the sign-in. */
export function useSignedIn(): AdministratorSession {
  const session = useContext(SignedInContext);
  if (session === null) throw new Error("useSignedIn stands outside the sign-in");
  return session;
}

/** What the sign-in page must ask for. */
export function useSite(company: string | undefined) {
  return useQuery({
    queryKey: ["site", company ?? ""],
    queryFn: () =>
      answer(api.GET("/api/site", { params: { query: company === undefined ? {} : { company } } })),
  });
}

type SignIn = { company: string | undefined; id: string; password: string };

/** Signs in, and drops whatever another account left behind. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ company, id, password }: SignIn) =>
      answer(
        api.POST("/api/manage/sign-in", {
          body: { id, password, ...(company === undefined ? {} : { company }) },
        }),
      ),
    onSuccess: (session) => {
      client.removeQueries({
        predicate: ({ queryKey }) => queryKey !== sessionKey && queryKey[0] !== "site",
      });
      setCsrfToken(session.csrf_token);
      client.setQueryData(sessionKey, session);
    },
  });
}

/** Signs out on the server and in this page. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => done(api.POST("/api/manage/sign-out", {})),
    onSuccess: () => {
      setCsrfToken(null);
      client.setQueryData(sessionKey, null);
    },
  });
}

async function fetchSession(): Promise<AdministratorSession | null> {
  try {
    const session = await fetchSignedIn();
    setCsrfToken(session.csrf_token);
    return session;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

function fetchSignedIn() {
  return answer(api.GET("/api/manage/me", {}));
}
