import type { ProcessEntry } from "../../generated/proto/beside/v1/peer_pb";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";

type EndProcessDialogProps = {
  process: ProcessEntry | null;
  onClose: () => void;
  onEnd: (force: boolean) => void;
};

/** Asks before a program of the customer's ends, and says what each way costs. */
export function EndProcessDialog({ process, onClose, onEnd }: EndProcessDialogProps) {
  const { t } = useI18n();
  const name = process?.name ?? "";
  return (
    <Dialog title={t("console-process-end-title", { name })} open={process !== null} onClose={onClose} alert>
      <p>{t("console-process-end-text")}</p>
      <DialogActions>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button look="danger" onPress={() => onEnd(true)}>
          {t("console-process-kill")}
        </Button>
        <Button look="primary" onPress={() => onEnd(false)}>
          {t("console-process-end")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
