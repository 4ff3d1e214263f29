import type { ReactNode } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { CodeCard } from "../new-session/code-card";
import { NewSessionButton } from "../new-session/new-session-button";
import type { Session } from "../session/session";
import type { EndReasonName, SessionSummary } from "../session/session-view";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./session-page.module.css";

/** The code is out; the customer has not come yet. */
export function CodePanel({ summary }: { summary: SessionSummary }) {
  return (
    <div className={styles["panel"]}>
      <CodeCard summary={summary} />
    </div>
  );
}

/** The customer has come and reads the consent sheet. */
export function JoinedPanel({ summary, session }: { summary: SessionSummary; session: Session }) {
  const { t } = useI18n();
  const { machine } = summary;
  const words = [machine?.hostName, machine?.osVersion || machine?.os].filter(Boolean).join(" · ");
  return (
    <Message title={t("console-joined-title")} text={t("console-joined-text")}>
      {words.length > 0 && <p className={styles["machine"]}>{words}</p>}
      <Button onPress={() => session.end()}>{t("console-cancel")}</Button>
    </Message>
  );
}

/** The session is over; the record can still be written beside it. */
export function EndedPanel({ session, reason }: { session: Session; reason: EndReasonName }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  return (
    <Message title={t("console-ended-title")} text={t(`console-end-${reason}`)}>
      <div className={styles["actions"]}>
        <NewSessionButton />
        <Button onPress={() => workspace.closeTab(session.summary.get().id)}>{t("console-close")}</Button>
      </div>
    </Message>
  );
}

/** Another console of the same operator has the session now. */
export function ReplacedPanel({ session }: { session: Session }) {
  const { t } = useI18n();
  return (
    <Message title={t("console-replaced-title")} text={t("console-replaced-text")}>
      <Button look="primary" onPress={() => session.open()}>
        {t("console-replaced-back")}
      </Button>
    </Message>
  );
}

function Message({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className={styles["panel"]}>
      <div className={styles["message"]} role="status">
        <h2 className={styles["messageTitle"]}>{title}</h2>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
