import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { usePart, useStore } from "../use-store";
import type { PartNow } from "./part-now";

type PartNoticeProps = { session: Session; className: string };

/** What the operator must know of the shared part, upon the picture. */
export function PartNotice({ session, className }: PartNoticeProps) {
  const { t } = useI18n();
  const part = usePart(session.live, (live) => live.part);
  const drawing = useStore(session.drawsPart);
  if (drawing) {
    return (
      <p className={className}>
        {t("console-part-drawing")}
        <Button small look="quiet" onPress={() => session.drawsPart.set(false)}>
          {t("console-cancel")}
        </Button>
      </p>
    );
  }
  const key = part === null ? null : noticeOf(part);
  return key === null ? null : <p className={className}>{t(key)}</p>;
}

/** The one thing to say of it; null while all is well. */
export function noticeOf({ part, state, asked }: PartNow): string | null {
  if (part === "none") return "console-part-choosing";
  if (asked === "open") return "console-part-asked";
  if (state === "gone") return "console-part-gone";
  if (state === "hidden") return "console-part-hidden";
  return asked === "declined" ? "console-part-declined" : null;
}
