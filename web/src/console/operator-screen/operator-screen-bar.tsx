import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Said } from "../../shared/ui/said";
import type { Session } from "../session/session";
import { useStore } from "../use-store";
import styles from "./operator-screen.module.css";

/** That the operator's own screen is shown, above all else and in red; and why it is not [F-09]. */
export function OperatorScreenBar({ session }: { session: Session }) {
  const { t } = useI18n();
  const { operatorScreen } = session;
  const { stage, why } = useStore(operatorScreen.now);
  const runs = stage === "asked" || stage === "on" || stage === "held";
  if (!runs && why === null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div
      className={styles["bar"]}
      role="group"
      aria-label={t("console-tool-name-operator-screen")}
      data-stage={stage}
    >
      <Said className={styles["state"]}>
        {stage === "on" && <span className={styles["dot"]} aria-hidden="true" />}
        {t(`console-operator-screen-${runs ? stage : why}`)}
      </Said>
      <div className={styles["end"]}>
        {runs ? (
          <Button small look="secondary" onPress={() => operatorScreen.end()}>
            {t(stage === "asked" ? "console-operator-screen-withdraw" : "console-operator-screen-stop")}
          </Button>
        ) : (
          <Button small look="quiet" onPress={() => operatorScreen.dismiss()}>
            {t("console-close")}
          </Button>
        )}
      </div>
    </div>
  );
}
