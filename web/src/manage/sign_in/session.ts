import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { answer, api, BY_ITSELF, done, setCsrfToken } from "../../shared/api/client";
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

type SignIn = { company: string | undefined; id: string; password: string; code: string | null };

/** Signs in, and drops whatever another account left behind. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ company, id, password, code }: SignIn) =>
      answer(
        api.POST("/api/manage/sign-in", {
          body: { id, password, code, ...(company === undefined ? {} : { company }) },
        }),
      ),
    onSuccess: (session) => {
      client.removeQueries({
        predicate: ({ queryKey }) => queryKey !== sessionKey && queryKey[0] !== "site",
      });
      client.setQueryData<SignedOut>(signedOutKey, null);
      setCsrfToken(session.csrf_token);
      client.setQueryData(sessionKey, session);
    },
  });
}

/** Why nobody is signed in here any more: the idle time passed, or the server ended it. `null`: nobody was, or by hand. */
export type SignedOut = { idle_s: number | null } | null;

const signedOutKey = ["signed-out"] as const;

/** Why nobody is signed in any more, for the sign-in page. */
export function useSignedOut(): SignedOut {
  return (
    useQuery<SignedOut>({ queryKey: signedOutKey, queryFn: () => null, staleTime: Number.POSITIVE_INFINITY })
      .data ?? null
  );
}

/** Ends the sign-in in this page, and says why. Who comes here for the first time had none that could end. */
export function endSession(client: QueryClient, why: SignedOut): void {
  if (!client.getQueryData<AdministratorSession | null>(sessionKey)) return;
  setCsrfToken(null);
  client.setQueryData<SignedOut>(signedOutKey, why);
  client.setQueryData(sessionKey, null);
}

/** How many seconds the server leaves before it signs out by itself; null: nobody is signed in any more. */
export async function askIdle(): Promise<number | null> {
  const { data, response } = await api.GET("/api/manage/me", BY_ITSELF);
  if (response.status === 401) return null;
  if (data === undefined) throw new Error("the server did not say");
  return data.idle.left_s;
}

/** Tells the server that somebody is there. */
export function staySignedIn(): Promise<void> {
  return done(api.POST("/api/manage/stay", {}));
}

/** Signs out on the server and in this page. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => done(api.POST("/api/manage/sign-out", {})),
    onSuccess: () => endSession(client, null),
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
