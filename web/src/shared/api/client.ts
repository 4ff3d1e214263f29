import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../../generated/api.ts";
import { Problem, problemOf, UNREACHABLE } from "./problem";

const CSRF_HEADER = "X-Beside-CSRF";
const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

let csrfToken: string | null = null;
/** How often the sign-in of this page has changed. */
let signIns = 0;
/** Under which of them an answer was asked for. */
const askedUnder = new WeakMap<Response, number>();
/** The paths that requests may go to; null: any. */
let admitted: readonly string[] | null = null;
const tokenWaiters: (() => void)[] = [];
const signedOutListeners = new Set<() => void>();
let renewToken: () => Promise<boolean> = async () => false;

/** Keeps the token of the signed-in account; every request that changes something carries it, and all may go again. */
export function setCsrfToken(token: string | null): void {
  if (token !== csrfToken) signIns += 1;
  csrfToken = token;
  if (token === null) return;
  admitted = null;
  for (const resolve of tokenWaiters.splice(0)) resolve();
}

/**
 * Until somebody is signed in here again requests go to these paths alone, and all others are refused without the server: the
 * browser may have another account's cookie by now.
 */
export function admitOnly(paths: readonly string[]): void {
  admitted = paths;
}

/** Waits until somebody is signed in here. */
export function whenSignedIn(): Promise<void> {
  return csrfToken === null ? new Promise((resolve) => tokenWaiters.push(resolve)) : Promise.resolve();
}

/** The token, for the first frame of the console's WebSocket. */
export function getCsrfToken(): string | null {
  return csrfToken;
}

/** Calls back when the server says that nobody is signed in any more. Gives the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => {
    signedOutListeners.delete(listener);
  };
}

/**
 * Says how to get the token anew after another tab of the browser has signed in: `renew` gives whether it did, and the request
 * that was refused is sent once more. Gives the way to stop.
 */
export function onStaleToken(renew: () => Promise<boolean>): () => void {
  renewToken = renew;
  return () => {
    renewToken = async () => false;
  };
}

const csrf: Middleware = {
  onRequest({ request }) {
    if (csrfToken !== null && CHANGING.has(request.method)) request.headers.set(CSRF_HEADER, csrfToken);
    return request;
  },
};

/** The typed client of the server's API. Errors come out of `answer`, never out of the calls themselves. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  fetch: send,
});
api.use(csrf);

/** `fetch` is looked up at each call, so that tests can stand in for the server. */
async function send(request: Request): Promise<Response> {
  if (!CHANGING.has(request.method)) return ask(request);
  const again = request.clone();
  const response = await ask(request);
  if (response.status !== 403) return response;
  const problem = problemOf(
    403,
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  if (problem.code !== "csrf-token" || !(await renewToken()) || csrfToken === null) return response;
  again.headers.set(CSRF_HEADER, csrfToken);
  return ask(again);
}

async function ask(request: Request): Promise<Response> {
  const under = signIns;
  const { pathname } = new URL(request.url);
  const goes = admitted === null || admitted.includes(pathname);
  const response = goes ? await globalThis.fetch(request) : Response.json(NOT_SIGNED_IN, { status: 401 });
  askedUnder.set(response, under);
  return response;
}

/** As the server says it. */
const NOT_SIGNED_IN = { code: "not-signed-in", title: "", status: 401 };

/** Of a request that the page makes by itself: it is no sign of anybody being there. */
export const BY_ITSELF = { headers: { "X-Beside-Background": "1" } } as const;

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer. Throws `Problem` for every other. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  let got: Answer<T>;
  try {
    got = await call;
  } catch {
    throw new Problem(0, UNREACHABLE, "");
  }
  const { data, error, response } = got;
  if (response.ok && data !== undefined) return data;
  throw refused(problemOf(response.status, error), response);
}

/** Waits for an answer without a body. Throws `Problem` for a refusal. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  let got: Answer<unknown>;
  try {
    got = await call;
  } catch {
    throw new Problem(0, UNREACHABLE, "");
  }
  if (!got.response.ok) throw refused(problemOf(got.response.status, got.error), got.response);
}

/** What comes late of a sign-in that is over says nothing of the present one. */
function refused(problem: Problem, response: Response): Problem {
  const isPresent = askedUnder.get(response) === signIns;
  if (problem.code === "not-signed-in" && isPresent) for (const listener of signedOutListeners) listener();
  return problem;
}
