import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import type { ControlName } from "../session/session-live";
import type { Rights, SessionSummary } from "../session/session-view";
import { useRights } from "../tools/use-rights";
import { usePart, useStore } from "../use-store";

/** Why there can be no control; null where there can. */
export function useWhyViewOnly(session: Session): string | null {
  const { t, knows } = useI18n();
  const summary = useStore(session.summary);
  const control = usePart(session.live, (live) => live.control);
  const lacks = usePart(session.live, (live) => live.controlLacks);
  const rights = useRights(session);
  const why = viewOnlyBy({ ...summary, rights }, control);
  if (why !== "machine") return why === null ? null : t(`console-view-only-${why}`);
  const key = `console-unsupported-${lacks}`;
  return knows(key) ? t(key) : t("console-unsupported", { what: lacks });
}

/** What stands against control; null: nothing. */
export function viewOnlyBy(
  {
    rights,
    offersControl,
    customerKind,
  }: Pick<SessionSummary, "offersControl" | "customerKind"> & { rights: Pick<Rights, "control"> },
  control: ControlName,
): "policy" | "browser" | "machine" | null {
  // Before the browser: where the options forbid control, the customer app would not help.
  if (!offersControl) return "policy";
  if (customerKind === "browser") return "browser";
  if (!rights.control || control === "forbidden") return "policy";
  return control === "unavailable" ? "machine" : null;
}
