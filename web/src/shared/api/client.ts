import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../../generated/api.ts";
import { Problem, problemOf, UNREACHABLE } from "./problem";

const CSRF_HEADER = "X-Beside-CSRF";
const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

let csrfToken: string | null = null;
const tokenWaiters: (() => void)[] = [];
const signedOutListeners = new Set<() => void>();
let renewToken: () => Promise<boolean> = async () => false;

/** Keeps the token of the signed-in account; every request that changes something carries it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
  if (token !== null) for (const resolve of tokenWaiters.splice(0)) resolve();
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
  if (!CHANGING.has(request.method)) return globalThis.fetch(request);
  const again = request.clone();
  const response = await globalThis.fetch(request);
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
  return globalThis.fetch(again);
}

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
  throw refused(problemOf(response.status, error));
}

/** Waits for an answer without a body. Throws `Problem` for a refusal. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  let got: Answer<unknown>;
  try {
    got = await call;
  } catch {
    throw new Problem(0, UNREACHABLE, "");
  }
  if (!got.response.ok) throw refused(problemOf(got.response.status, got.error));
}

function refused(problem: Problem): Problem {
  if (problem.code === "not-signed-in") for (const listener of signedOutListeners) listener();
  return problem;
}
