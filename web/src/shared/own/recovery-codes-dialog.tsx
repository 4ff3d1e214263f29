import { useI18n } from "../i18n/i18n";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { useNotify } from "../ui/notify";
import { saveText } from "../ui/save-text";
import styles from "./own.module.css";

/** The recovery codes, shown this once: to be copied or kept as a file. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const notify = useNotify();
  const text = `${codes.join("\n")}\n`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify(t("shared-copied"));
    } catch {
      notify(t("shared-not-copied"));
    }
  };
  return (
    <Dialog title={t("shared-step-codes")} open onClose={onClose} onceOnly>
      <div className={styles["stack"]}>
        <p>{t("shared-step-codes-text")}</p>
        <ul className={styles["codes"]} aria-label={t("shared-step-codes")}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={styles["buttons"]}>
          <Button onPress={() => void copy()}>{t("shared-copy")}</Button>
          <Button onPress={() => saveText("beside-recovery-codes.txt", text)}>
            {t("shared-step-download")}
          </Button>
        </div>
      </div>
      <DialogActions>
        <Button look="primary" onPress={onClose} autoFocus>
          {t("shared-step-kept")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
