import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../i18n/i18n";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { keepFocus } from "../ui/page";
import styles from "./own.module.css";
import { type OwnPort, type OwnSignIns, ownKey, type SecondStepBegun } from "./own-port";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { BeginDialog, ConfirmDialog, OffDialog } from "./second-step-dialogs";

type Step =
  | { kind: "password" }
  | { kind: "app"; begun: SecondStepBegun }
  | { kind: "codes"; codes: readonly string[] }
  | { kind: "off" };

/** The second step of signing in: whether it is on, and the way on and off. */
export function SecondStep({ own, port }: { own: OwnSignIns; port: OwnPort }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [step, setStep] = useState<Step | null>(null);
  const close = () => {
    setStep(null);
    keepFocus();
    void client.invalidateQueries({ queryKey: ownKey });
  };
  return (
    <div className={styles["stack"]}>
      <p className={styles["soft"]}>{t("shared-step-about")}</p>
      {own.second_step && (
        <p>
          <Badge tone="good">{t("shared-step-is-on")}</Badge> ·{" "}
          <span>{t("shared-step-left", { count: own.recovery_codes_left })}</span>
        </p>
      )}
      <div className={styles["start"]}>
        {own.second_step ? (
          <Button onPress={() => setStep({ kind: "off" })}>{t("shared-step-off")}</Button>
        ) : (
          <Button onPress={() => setStep({ kind: "password" })}>{t("shared-step-on")}</Button>
        )}
      </div>
      {step?.kind === "password" && (
        <BeginDialog port={port} onClose={close} onBegun={(begun) => setStep({ kind: "app", begun })} />
      )}
      {step?.kind === "app" && (
        <ConfirmDialog
          port={port}
          begun={step.begun}
          onClose={close}
          onConfirmed={(codes) => setStep({ kind: "codes", codes })}
        />
      )}
      {step?.kind === "codes" && <RecoveryCodesDialog codes={step.codes} onClose={close} />}
      {step?.kind === "off" && <OffDialog port={port} onClose={close} />}
    </div>
  );
}
