import { useEffect, useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Said } from "../../shared/ui/said";
import styles from "../operator-screen/operator-screen.module.css";
import type { Session } from "../session/session";
import { spacedCode } from "../session/session-view";
import { usePart, useStore } from "../use-store";
import { isOpen, type ReversedView } from "./operator-control";
import own from "./operator-control.module.css";

/** That the customer sees and controls this computer, above all else and in red; what is to be done for it; and why it is not [F-15]. */
export function OperatorControlBar({ session }: { session: Session }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { operatorControl } = session;
  const reversed = usePart(session.summary, (summary) => summary.reversed);
  const problem = useStore(operatorControl.problem);
  const [read, setRead] = useState<ReversedView | null>(null);
  const open = isOpen(reversed);
  useEffect(() => {
    if (open) setRead(null);
  }, [open]);
  const shown = reversed !== null && (open || read?.stage !== reversed.stage) ? reversed : null;
  if (shown === null && problem === null) return null;
  const dismiss = () => {
    operatorControl.dismiss();
    setRead(reversed);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div
      className={styles["bar"]}
      role="group"
      aria-label={t("console-tool-name-operator-control")}
      data-stage={shown?.stage === "active" ? "on" : "off"}
    >
      <div className={own["state"]}>
        {shown?.stage === "active" && <span className={styles["dot"]} aria-hidden="true" />}
        <Said className={own["words"]}>
          {problem !== null ? problemText(problem, i18n) : shown !== null && t(words(shown))}
        </Said>
        {shown !== null && shown.code !== "" && (
          <p>
            <span className="visually-hidden">{t("console-code")} </span>
            <strong className={own["code"]}>{spacedCode(shown.code)}</strong>
          </p>
        )}
        {shown !== null && shown.code !== "" && (
          <a className={own["app"]} href="/" target="_blank" rel="noreferrer">
            {t("console-operator-control-app")}
          </a>
        )}
      </div>
      <div className={styles["end"]}>
        {open ? (
          <Button small look="secondary" onPress={() => operatorControl.end()}>
            {t(
              shown?.stage === "active"
                ? "console-operator-control-stop"
                : "console-operator-control-withdraw",
            )}
          </Button>
        ) : (
          <Button small look="quiet" onPress={dismiss}>
            {t("console-close")}
          </Button>
        )}
      </div>
    </div>
  );
}

function words({ stage, code }: ReversedView): string {
  if (stage === "agreed")
    return code === "" ? "console-operator-control-agree" : "console-operator-control-start";
  return `console-operator-control-${stage}`;
}
