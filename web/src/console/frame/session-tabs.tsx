import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import { useSessionTitle } from "../use-session-title";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./frame.module.css";
import { StageDot } from "./stage-dot";

/** The list and one tab per open session. */
export function SessionTabs() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const tabs = useStore(workspace.tabs);
  return (
    <nav className={styles["tabs"]} aria-label={t("console-tabs")}>
      <button
        type="button"
        className={styles["tab"]}
        aria-current={tabs.current === null ? "page" : undefined}
        onClick={() => workspace.show(null)}
      >
        {t("console-sessions")}
      </button>
      {tabs.open.map((id) => {
        const session = workspace.session(id);
        return session === null ? null : (
          <SessionTab key={id} session={session} current={id === tabs.current} />
        );
      })}
    </nav>
  );
}

function SessionTab({ session, current }: { session: Session; current: boolean }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const summary = useStore(session.summary);
  const unread = usePart(session.live, (live) => live.unread);
  const title = useSessionTitle(summary);
  const closable = summary.stage === "ended";
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Of more tabs than there is room for, the one that is shown is in sight.
    if (current) tab.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <span className={styles["pair"]}>
      <button
        type="button"
        ref={tab}
        className={styles["tab"]}
        aria-current={current ? "page" : undefined}
        onClick={() => workspace.show(summary.id)}
      >
        <StageDot stage={summary.stage} />
        <span className={styles["tabTitle"]}>{title}</span>
        <VoiceBadge session={session} />
        <ScreenBadge session={session} />
        {unread > 0 && (
          <span className={styles["unread"]}>
            <span aria-hidden="true">{unread}</span>
            <span className="visually-hidden">{t("console-unread", { count: unread })}</span>
          </span>
        )}
      </button>
      {closable && (
        <button
          type="button"
          className={styles["tabClose"]}
          aria-label={t("console-close-tab", { title })}
          onClick={() => workspace.closeTab(summary.id)}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
    </span>
  );
}

/** Where the operator's own screen is shown [F-09]. */
function ScreenBadge({ session }: { session: Session }) {
  const { t } = useI18n();
  const stage = usePart(session.operatorScreen.now, (now) => now.stage);
  if (stage !== "on") return null;
  return (
    <span className={styles["screen"]} title={t("console-operator-screen-tab")}>
      <svg aria-hidden="true" viewBox="0 0 20 20" className={styles["voiceIcon"]}>
        <path d="M3 4h14v9H3zM7.5 16.5h5" />
      </svg>
      <span className="visually-hidden">{t("console-operator-screen-tab")}</span>
    </span>
  );
}

/** Where the operator talks, and where they stepped aside for that. */
function VoiceBadge({ session }: { session: Session }) {
  const { t } = useI18n();
  const stage = usePart(session.voice.now, (now) => now.stage);
  const silent = usePart(session.voice.now, (now) => now.muted || now.aside);
  if (stage === "off") return null;
  const words = stage === "on" && !silent ? "console-voice-tab-talks" : "console-voice-tab-silent";
  return (
    <span className={styles["voice"]} data-silent={stage !== "on" || silent} title={t(words)}>
      <svg aria-hidden="true" viewBox="0 0 20 20" className={styles["voiceIcon"]}>
        <path d="M10 3a2.5 2.5 0 012.5 2.5v4a2.5 2.5 0 01-5 0v-4A2.5 2.5 0 0110 3zM5 9.5a5 5 0 0010 0M10 14.5V17" />
        {(stage !== "on" || silent) && <path d="M3 3l14 14" />}
      </svg>
      <span className="visually-hidden">{t(words)}</span>
    </span>
  );
}
