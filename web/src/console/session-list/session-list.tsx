import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Empty, Loading } from "../../shared/ui/states";
import { recordFormQuery } from "../console-api";
import { StageDot } from "../frame/stage-dot";
import { NewCodeButton } from "../new-session/new-code-button";
import { NewSessionButton } from "../new-session/new-session-button";
import type { SessionSummary } from "../session/session-view";
import { useHeadingFocus } from "../use-heading-focus";
import { useSessionTitle } from "../use-session-title";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import { EndedToday } from "./ended-today";
import styles from "./session-list.module.css";

/** The operator's sessions, newest first, with their states. */
export function SessionList({ shown }: { shown: boolean }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const list = useStore(workspace.list);
  const loaded = useStore(workspace.loaded);
  const heading = useHeadingFocus(shown);
  const newestFirst = [...list].sort((a, b) => b.createdAt_ms - a.createdAt_ms);
  return (
    <section className={styles["page"]} aria-labelledby="sessions-title">
      <div className={styles["head"]}>
        <div>
          <h1 ref={heading} tabIndex={-1} id="sessions-title" className={styles["title"]}>
            {t("console-sessions")}
          </h1>
          <p className={styles["lead"]}>{t("console-sessions-lead")}</p>
        </div>
        <NewSessionButton />
      </div>
      {!loaded && <Loading />}
      {loaded && list.length === 0 && (
        <div className={styles["card"]}>
          <Empty title={t("console-sessions-empty")} text={t("console-sessions-empty-text")} />
        </div>
      )}
      {list.length > 0 && (
        <ul className={styles["card"]}>
          {newestFirst.map((summary) => (
            <SessionRow key={summary.id} summary={summary} />
          ))}
        </ul>
      )}
      <EndedToday />
    </section>
  );
}

function SessionRow({ summary }: { summary: SessionSummary }) {
  const { t, locale } = useI18n();
  const workspace = useWorkspace();
  const made = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(
    summary.createdAt_ms,
  );
  const title = useSessionTitle(summary);
  // For the customer's name, which the title follows, also where the session has no tab here.
  useQuery({
    ...recordFormQuery(summary.id),
    enabled: summary.machine !== null && summary.second?.isYou !== true,
  });
  const detail = [summary.stage === "waiting" ? null : summary.machine?.osVersion, made]
    .filter(Boolean)
    .join(" · ");
  const reason =
    summary.stage === "ended" ? t(`console-end-${summary.endReason}`) : t(`console-stage-${summary.stage}`);
  return (
    <li className={styles["row"]}>
      <StageDot stage={summary.stage} />
      <div className={styles["what"]}>
        <span className={styles["name"]}>{title}</span>
        <span className={styles["detail"]}>{detail}</span>
      </div>
      <span className={styles["stage"]}>{reason}</span>
      {summary.stage === "waiting" && summary.code === "" && <NewCodeButton id={summary.id} small />}
      <Button
        small
        onPress={() => workspace.open(summary.id)}
        aria-label={t("console-open-session", { title })}
      >
        {t("console-open")}
      </Button>
    </li>
  );
}
