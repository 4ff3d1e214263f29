import { setCsrfToken } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { findMe, type OperatorSession } from "../console-api";

/** Who is signed in here; null: nobody. Throws `Problem` where the server does not say. */
export async function signedIn(): Promise<OperatorSession | null> {
  try {
    return entered(await findMe());
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** What follows from a sign-in: later requests carry its token. */
export function entered(session: OperatorSession): OperatorSession {
  setCsrfToken(session.csrf_token);
  return session;
}
