import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { NotInEffect } from "../auto-reconnect/not-in-effect";
import { RebootNotice } from "../auto-reconnect/reboot-notice";
import { ClipNotice } from "../clipboard/clip-notice";
import { PartNotice } from "../partial-share/part-notice";
import { PrintedNotice } from "../printer/printed-notice";
import { RightNotice } from "../rights/right-notice";
import { SecondNotice } from "../second/second-notice";
import type { Session } from "../session/session";
import type { SessionLive } from "../session/session-live";
import type { SessionSummary } from "../session/session-view";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./notices.module.css";

/** What the operator must know about the connection now, upon the picture. */
export function Notices({ session, hasPicture }: { session: Session; hasPicture: boolean }) {
  const { t, knows } = useI18n();
  const link = usePart(session.live, (live) => live.link);
  const control = usePart(session.live, (live) => live.control);
  const pictureClosed = usePart(session.live, (live) => live.pictureClosed);
  const notice = usePart(session.live, (live) => live.notice);
  const recording = usePart(session.live, (live) => live.recording);
  const stage = usePart(session.summary, (summary) => summary.stage);
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const chooses = usePart(session.live, (live) => live.part?.part === "none");
  // What the customer has not chosen yet is said by the notice of the part.
  const restarts = useStore(session.reboot.state)?.kind === "restarting" && link !== "connected";
  const trouble = troubleOf({ link, pictureClosed }, { stage, customerKind }, hasPicture || chooses);
  const key = notice === null ? "" : `console-${notice.kind}-${notice.what}`;
  return (
    // One region that is always there: what comes into it is read out, and a region that comes with its words is not.
    <div role="status" aria-atomic="false" className={styles["notices"]}>
      {trouble !== null && !restarts && <p className={styles[trouble.look]}>{t(trouble.key)}</p>}
      <RightNotice session={session} />
      <RebootNotice session={session} />
      {link === "connected" && <ClipNotice session={session} />}
      {link === "connected" && <NotInEffect session={session} />}
      <SecondNotice session={session} />
      {control === "customer-active" && (
        <p className={styles["warning"]}>{t("console-control-customer-active")}</p>
      )}
      {pictureClosed && (
        <p role="alert" className={styles["warning"]}>
          {t("console-picture-closed")}
          <Button small onPress={() => session.picture.reopen()}>
            {t("console-picture-again")}
          </Button>
        </p>
      )}
      {link === "connected" && <PartNotice session={session} className={styles["info"] ?? ""} />}
      {recording.kind === "failed" && (
        <p role="alert" className={styles["warning"]}>
          {knows(recording.code) ? t(recording.code) : t("console-recording-failed")}
          <Button small look="quiet" onPress={() => session.live.update({ recording: { kind: "off" } })}>
            {t("console-dismiss")}
          </Button>
        </p>
      )}
      <PrintedNotice session={session} className={styles["info"] ?? ""} />
      <NoVideoNotice customerKind={customerKind} />
      {notice !== null && (
        <p className={styles["warning"]}>
          {knows(key) ? t(key) : t(`console-${notice.kind}`, { what: notice.what })}
          <Button small look="quiet" onPress={() => session.dismissNotice()}>
            {t("console-dismiss")}
          </Button>
        </p>
      )}
    </div>
  );
}

/** Of a browser that takes no video: the picture is exact and moves less; said once and quietly. */
function NoVideoNotice({ customerKind }: { customerKind: SessionSummary["customerKind"] }) {
  const { t } = useI18n();
  const { takesMotion, noVideoRead } = useWorkspace();
  const read = useStore(noVideoRead.current);
  if (takesMotion || read || customerKind === "browser") return null;
  return (
    <p className={styles["info"]}>
      {t("console-quality-no-video")}
      <Button small look="quiet" onPress={() => noVideoRead.set(true)}>
        {t("console-dismiss")}
      </Button>
    </p>
  );
}

type Trouble = { readonly key: string; readonly look: "info" | "warning" };

/** The one thing to say about the connection; null while all is well. */
export function troubleOf(
  live: Pick<SessionLive, "link" | "pictureClosed">,
  summary: Pick<SessionSummary, "stage" | "customerKind">,
  hasPicture: boolean,
): Trouble | null {
  if (live.link === "connected") {
    if (hasPicture || live.pictureClosed) return null;
    return {
      key: summary.customerKind === "browser" ? "console-wait-share" : "console-wait-picture",
      look: "info",
    };
  }
  if (summary.stage === "away") return { key: "console-away", look: "warning" };
  if (live.link === "interrupted") return { key: "console-interrupted", look: "warning" };
  if (live.link === "failed") return { key: "console-failed", look: "warning" };
  return { key: "console-connecting", look: "info" };
}
