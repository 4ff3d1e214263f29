import type { ReactNode } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Said } from "../../shared/ui/said";
import { CodeCard } from "../new-session/code-card";
import { NewSessionButton } from "../new-session/new-session-button";
import { PrintedList } from "../printer/printed-list";
import printerStyles from "../printer/printer.module.css";
import type { Session } from "../session/session";
import type { EndReasonName, SessionSummary } from "../session/session-view";
import { useStore } from "../use-store";
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
  const { id } = session.summary.get();
  return (
    <Message
      title={t("console-ended-title")}
      text={t(`console-end-${reason}`)}
      below={
        <>
          <NextCode id={id} />
          <PrintedAfter session={session} />
        </>
      }
    >
      <div className={styles["actions"]}>
        <NewSessionButton />
        <Button onPress={() => workspace.closeTab(id)}>{t("console-close")}</Button>
      </div>
    </Message>
  );
}

/** What the customer printed is here for as long as the session's tab. */
function PrintedAfter({ session }: { session: Session }) {
  const { t } = useI18n();
  const documents = useStore(session.printer.documents);
  if (documents.length === 0) return null;
  return (
    <section className={printerStyles["after"]}>
      <h3>{t("console-printer-documents")}</h3>
      <PrintedList desk={session.printer} />
    </section>
  );
}

/** The code that the server made after this session, while it is out [S-13]; or why there is none. */
function NextCode({ id }: { id: string }) {
  const { t, knows } = useI18n();
  const workspace = useWorkspace();
  const list = useStore(workspace.list);
  const code = useStore(workspace.unfollowed).get(id);
  const next = list.find(({ follows, stage }) => follows === id && stage === "waiting");
  if (code !== undefined) {
    // The server's log has the number of what broke there.
    const reason = t(code !== "internal" && knows(code) ? code : "shared-error-unexpected");
    return (
      <p className={styles["unfollowed"]} role="alert">
        {t("console-next-failed", { reason })}
      </p>
    );
  }
  return (
    <div className={styles["next"]}>
      {/* There before it is filled, so that it is read out; the card's seconds are not. */}
      <p className={styles["nextTitle"]} role="status">
        {next !== undefined && t("console-next-title")}
      </p>
      {next !== undefined && <CodeCard summary={next} />}
    </div>
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

type MessageProps = { title: string; text: string; children: ReactNode; below?: ReactNode };

/** The page of this session has broken; the session itself may well go on. */
export function BrokenPanel() {
  const { t } = useI18n();
  return (
    <Message title={t("console-broken-title")} text={t("console-broken-text")}>
      <Button look="primary" onPress={() => location.reload()}>
        {t("console-reload")}
      </Button>
    </Message>
  );
}

function Message({ title, text, children, below }: MessageProps) {
  return (
    <div className={styles["panel"]}>
      <div className={styles["message"]}>
        <Said className={styles["words"]}>
          <h2 className={styles["messageTitle"]}>{title}</h2>
          <p>{text}</p>
        </Said>
        {children}
      </div>
      {below}
    </div>
  );
}
