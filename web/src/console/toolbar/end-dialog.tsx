import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import type { SecondView } from "../second/second-view";
import styles from "./toolbar.module.css";

type EndDialogProps = {
  open: boolean;
  onClose: () => void;
  onEnd: () => void;
  /** Of two operators, the second one [F-18]; null: there is one. */
  second: SecondView | null;
};

/** Asks once before a session ends. */
export function EndDialog({ open, onClose, onEnd, second }: EndDialogProps) {
  const { t } = useI18n();
  const end = () => {
    onEnd();
    onClose();
  };
  return (
    <Dialog
      title={t(second?.isYou === true ? "console-second-leave-title" : "console-end-title")}
      open={open}
      onClose={onClose}
    >
      <p>
        {second === null
          ? t("console-end-text")
          : second.isYou
            ? t("console-second-leave-text", { name: second.operator })
            : t("console-end-text-two", { name: second.name })}
      </p>
      <div className={styles["answers"]}>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button look="danger" autoFocus onPress={end}>
          {t(second?.isYou === true ? "console-second-leave" : "console-end")}
        </Button>
      </div>
    </Dialog>
  );
}
