import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import styles from "./toolbar.module.css";

type EndDialogProps = { open: boolean; onClose: () => void; onEnd: () => void };

/** Asks once before a session ends. */
export function EndDialog({ open, onClose, onEnd }: EndDialogProps) {
  const { t } = useI18n();
  const end = () => {
    onEnd();
    onClose();
  };
  return (
    <Dialog title={t("console-end-title")} open={open} onClose={onClose}>
      <p>{t("console-end-text")}</p>
      <div className={styles["answers"]}>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button look="danger" autoFocus onPress={end}>
          {t("console-end")}
        </Button>
      </div>
    </Dialog>
  );
}
