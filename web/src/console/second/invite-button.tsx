import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { useRights } from "../tools/use-rights";
import { useMedia } from "../use-media";
import { usePart } from "../use-store";
import { isOpen } from "./second-view";

/** Below this one word must do; the longer language decides. */
const NARROW = "(max-width: 1000px)";
/** Loaded when it is first opened. */
const InviteDialog = lazy(() => import("./invite-dialog").then((made) => ({ default: made.InviteDialog })));

/** 상담원 초대 [Invite an operator]; not where options or customer do not allow it, nor by the second one [F-18]. */
export function InviteButton({ session }: { session: Session }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const link = usePart(session.live, (live) => live.link);
  const second = usePart(session.summary, (summary) => summary.second);
  const rights = useRights(session);
  const narrow = useMedia(NARROW);
  if (!rights.invite || second?.isYou === true) return null;
  return (
    <>
      <Button
        small
        look="quiet"
        aria-label={t("console-second-invite")}
        isDisabled={link !== "connected" || isOpen(second)}
        onPress={() => setOpen(true)}
      >
        {t(narrow ? "console-second-invite-short" : "console-second-invite")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <InviteDialog session={session} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
