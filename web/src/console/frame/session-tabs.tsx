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
  return (
    <span className={styles["pair"]}>
      <button
        type="button"
        className={styles["tab"]}
        aria-current={current ? "page" : undefined}
        onClick={() => workspace.show(summary.id)}
      >
        <StageDot stage={summary.stage} />
        <span className={styles["tabTitle"]}>{title}</span>
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
