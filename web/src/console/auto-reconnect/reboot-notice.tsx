import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../stage/notices.module.css";
import { usePart, useStore } from "../use-store";
import { REBOOT_AWAY_MS, type RebootNow } from "./reboot";

/** Where a restart stands, and what can be done about it [F-03]. */
export function RebootNotice({ session }: { session: Session }) {
  const { t } = useI18n();
  const now = useStore(session.reboot.state);
  const link = usePart(session.live, (live) => live.link);
  const there = link === "connected";
  const text = useText();
  if (now === null) return null;
  const calm = now.kind !== "refused" && now.kind !== "failed";
  const cancels = now.kind === "asked" || (now.kind === "restarting" && there);
  return (
    <p className={styles[calm ? "info" : "warning"]}>
      <span>{text(now, there)}</span>
      {now.kind === "restarting" && !there && <TimeLeft since_ms={now.since_ms} />}
      {cancels && (
        <Button small onPress={() => session.reboot.cancel()}>
          {t("console-reboot-cancel")}
        </Button>
      )}
      {now.kind === "restarting" && !there && (
        <Button small onPress={() => session.end()}>
          {t("console-reboot-give-up")}
        </Button>
      )}
      {!cancels && now.kind !== "restarting" && (
        <Button small look="quiet" onPress={() => session.reboot.dismiss()}>
          {t("console-dismiss")}
        </Button>
      )}
    </p>
  );
}

function useText(): (now: RebootNow, there: boolean) => string {
  const { t, knows } = useI18n();
  return (now, there) => {
    if (now.kind === "restarting") {
      if (!there) return t("console-reboot-away");
      return t(now.byHand ? "console-reboot-by-hand" : "console-reboot-restarting");
    }
    if (now.kind !== "failed") return t(`console-reboot-${now.kind}`);
    const key = `console-reboot-problem-${now.problem}`;
    return knows(key) ? t(key) : t("console-reboot-problem", { problem: now.problem });
  };
}

/** Not for a screen reader: it would say each minute aloud. */
function TimeLeft({ since_ms }: { since_ms: number }) {
  const { t } = useI18n();
  const [now_ms, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(Math.ceil((since_ms + REBOOT_AWAY_MS - now_ms) / 60_000), 0);
  return <span aria-hidden="true">{t("console-reboot-left", { minutes })}</span>;
}
