import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { keepFocus } from "../../shared/ui/page";
import { ConfirmPassword } from "../confirm-password";
import styles from "./operators.module.css";
import { type Operator, useOperatorSecondStep } from "./operators-api";

/** Whether sign-in asks the operator for a code, and the way out for those who have lost what shows it. */
export function OperatorSecondStep({ operator }: { operator: Operator }) {
  const { t } = useI18n();
  const notify = useNotify();
  const [asks, setAsks] = useState(false);
  const { isOn, turnOff } = useOperatorSecondStep(operator.id);
  if (isOn === undefined) return null;
  const { name, login } = operator;
  const confirm = async (password: string) => {
    await turnOff(password);
    notify(t("manage-operator-second-step-done", { name }));
    keepFocus();
  };
  return (
    <span className={styles["beside"]}>
      {t(isOn ? "manage-operator-second-step-on" : "manage-operator-second-step-off")}
      {isOn && (
        <Button small look="quiet" onPress={() => setAsks(true)}>
          {t("manage-operator-second-step-turn-off")}
        </Button>
      )}
      {asks && (
        <ConfirmPassword
          title={t("manage-operator-second-step-title")}
          submitLabel={t("manage-operator-second-step-turn-off")}
          confirm={confirm}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-operator-second-step-text", { name, login })}</p>
        </ConfirmPassword>
      )}
    </span>
  );
}
