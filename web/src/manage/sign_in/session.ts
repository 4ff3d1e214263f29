import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { admitOnly, answer, api, BY_ITSELF, done, setCsrfToken } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";

export const sessionKey = ["manage", "me"] as const;

/** Who is signed in; `null`: nobody. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ client }) => findSession(client),
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

/** Signs in. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ company, id, password, code }: SignIn) =>
      answer(
        api.POST("/api/manage/sign-in", {
          body: { id, password, code, ...(company === undefined ? {} : { company }) },
        }),
      ),
    onSuccess: (session) => begin(client, session),
  });
}

/** The page of the account that was signed in goes on as it stood; of another account's nothing is left. */
function begin(client: QueryClient, session: AdministratorSession): void {
  const before = client.getQueryData<SignedOut>(signedOutKey)?.session;
  const goesOn = before !== undefined && isSameAccount(before, session);
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) =>
    queryKey[0] !== "site" && queryKey[0] !== signedOutKey[0] && queryKey[1] !== sessionKey[1];
  if (!goesOn) client.removeQueries({ predicate });
  setCsrfToken(session.csrf_token);
  client.setQueryData(sessionKey, session);
  client.setQueryData<SignedOut>(signedOutKey, null);
  // What was asked for meanwhile was refused.
  if (goesOn) void client.invalidateQueries({ predicate });
}

/** Whether both are the same person of the same company. */
function isSameAccount(one: AdministratorSession, other: AdministratorSession): boolean {
  return (
    one.administrator.id === other.administrator.id && one.company.short_name === other.company.short_name
  );
}

/**
 * Whose sign-in ended here, and why: the idle time passed, or (null) the server ended it. `null` as a whole: nobody was signed
 * in, or signed out by hand.
 */
type SignedOut = { idle_s: number | null; session: AdministratorSession } | null;

const signedOutKey = ["signed-out"] as const;

/** Who is not signed in any more, and why: for the sign-in that stands in its place. */
export function useSignedOut(): SignedOut {
  return (
    useQuery<SignedOut>({ queryKey: signedOutKey, queryFn: () => null, staleTime: Number.POSITIVE_INFINITY })
      .data ?? null
  );
}

/** What the sign-in over a covered page asks for. */
const SIGN_IN_PATHS = ["/api/site", "/api/manage/me", "/api/manage/sign-in"];

/** Ends the sign-in in this page: by hand, or covering the page with why. Who comes here for the first time had none. */
export function endSession(client: QueryClient, why: { idle_s: number | null } | "by-hand"): void {
  const session = client.getQueryData<AdministratorSession | null>(sessionKey);
  if (!session) return;
  setCsrfToken(null);
  if (why !== "by-hand") admitOnly(SIGN_IN_PATHS);
  client.setQueryData<SignedOut>(signedOutKey, why === "by-hand" ? null : { ...why, session });
  client.setQueryData(sessionKey, null);
}

/** After a sign-in in another tab: takes it over if it is the same account's, else the page is covered. */
export async function renewSession(client: QueryClient): Promise<boolean> {
  const session = await fetchSession();
  const present = client.getQueryData<AdministratorSession | null>(sessionKey);
  // Covered meanwhile, or signed out by hand: only a sign-in leads on from there.
  if (!present) return false;
  if (session === null || !isSameAccount(present, session)) {
    endSession(client, { idle_s: null });
    return false;
  }
  setCsrfToken(session.csrf_token);
  client.setQueryData(sessionKey, session);
  return true;
}

/** Looks whether the account has signed in again in another tab. */
export async function lookForSession(client: QueryClient): Promise<void> {
  const { data } = await api.GET("/api/manage/me", BY_ITSELF);
  const before = client.getQueryData<SignedOut>(signedOutKey)?.session;
  if (data !== undefined && before !== undefined && isSameAccount(before, data)) begin(client, data);
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
    onSuccess: () => endSession(client, "by-hand"),
    // It was over already, and whoever wants to go need not come back.
    onError: () => client.setQueryData<SignedOut>(signedOutKey, null),
  });
}

/** Whoever is signed in when the page is loaded; from then on nobody else without a sign-in in this page. */
async function findSession(client: QueryClient): Promise<AdministratorSession | null> {
  if (client.getQueryData(sessionKey) !== undefined) {
    await renewSession(client);
    return client.getQueryData<AdministratorSession | null>(sessionKey) ?? null;
  }
  const session = await fetchSession();
  if (session !== null) setCsrfToken(session.csrf_token);
  return session;
}

/** Whom the browser's cookie is of, which need not be this page's account. */
async function fetchSession(): Promise<AdministratorSession | null> {
  try {
    return await fetchSignedIn();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

function fetchSignedIn() {
  return answer(api.GET("/api/manage/me", {}));
}
