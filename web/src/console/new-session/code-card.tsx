import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { QrCode } from "../../shared/ui/qr-code";
import { deleteSession } from "../console-api";
import { type SessionSummary, spacedCode } from "../session/session-view";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./code-card.module.css";
import { Invitations } from "./invitations";
import { NewCodeButton } from "./new-code-button";
import { NewSessionButton } from "./new-session-button";

/** The code for the customer: to be read aloud, sent as a link, or scanned. */
export function CodeCard({ summary }: { summary: SessionSummary }) {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const notify = useNotify();
  const made = workspace.link(summary.id);
  // Another console of the operator may have made a new code since.
  const link = made?.endsWith(summary.code) ? made : `${location.origin}/#${summary.code}`;
  const left_s = useSecondsUntil(summary.codeExpiresAt_ms);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      notify(t("console-link-copied"));
    } catch {
      notify(t("console-link-not-copied"));
    }
  };
  if (left_s === 0) return <ExpiredCode summary={summary} />;
  if (summary.code === "") return <HiddenCode summary={summary} />;
  return (
    <div className={styles["card"]}>
      <div className={styles["text"]}>
        <p id={`code-${summary.id}`} className={styles["label"]}>
          {t("console-code")}
        </p>
        <output className={styles["code"]} aria-labelledby={`code-${summary.id}`}>
          {spacedCode(summary.code)}
        </output>
        <p className={styles["left"]}>
          {t("console-code-left", { minutes: Math.floor(left_s / 60), seconds: left_s % 60 })}
        </p>
        <p className={styles["how"]}>{t("console-code-how", { address: location.host })}</p>
        <div className={styles["actions"]}>
          <Button look="primary" onPress={() => void copy()}>
            {t("console-copy-link")}
          </Button>
          <CancelButton summary={summary} />
        </div>
        <p className={styles["link"]}>{link}</p>
        <Invitations summary={summary} />
      </div>
      <figure className={styles["qr"]}>
        <QrCode text={link} label={t("console-qr")} />
        <figcaption>{t("console-qr-hint")}</figcaption>
      </figure>
    </div>
  );
}

/** After a restart of the server, which keeps codes by their hash alone. */
function HiddenCode({ summary }: { summary: SessionSummary }) {
  const { t } = useI18n();
  return (
    <div className={styles["card"]}>
      <div className={styles["text"]}>
        <h2 className={styles["label"]}>{t("console-code-hidden")}</h2>
        <p className={styles["how"]}>{t("console-code-hidden-text")}</p>
        <div className={styles["actions"]}>
          <NewCodeButton id={summary.id} />
          <CancelButton summary={summary} />
        </div>
      </div>
    </div>
  );
}

function ExpiredCode({ summary }: { summary: SessionSummary }) {
  const { t } = useI18n();
  return (
    <div className={styles["card"]}>
      <div className={styles["text"]}>
        <h2 className={styles["label"]}>{t("console-code-expired")}</h2>
        <p className={styles["how"]}>{t("console-code-expired-text")}</p>
        <div className={styles["actions"]}>
          <NewSessionButton />
          <CancelButton summary={summary} />
        </div>
      </div>
    </div>
  );
}

function CancelButton({ summary }: { summary: SessionSummary }) {
  const i18n = useI18n();
  const workspace = useWorkspace();
  const notify = useNotify();
  const cancel = useMutation({
    mutationFn: () => deleteSession(summary.id),
    onSuccess: () => workspace.closeTab(summary.id),
    onError: (error) => notify(problemText(error, i18n)),
  });
  return (
    <Button onPress={() => cancel.mutate()} isPending={cancel.isPending}>
      {i18n.t("console-cancel")}
    </Button>
  );
}

function useSecondsUntil(end_ms: number): number {
  const left = () => Math.max(0, Math.ceil((end_ms - Date.now()) / 1000));
  const [left_s, setLeft] = useState(left);
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, Math.ceil((end_ms - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [end_ms]);
  return left_s;
}
