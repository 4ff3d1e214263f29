import type { Session } from "../session/session";
import type { Rights } from "../session/session-view";
import { usePart } from "../use-store";

/** What may be done now: as the app says, which changes with policy and customer; before that, as was agreed. */
export function useRights(session: Session): Rights {
  const now = usePart(session.live, (live) => live.rights);
  const agreed = usePart(session.summary, (summary) => summary.rights);
  return now ?? agreed;
}
