import { type FormEvent, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { Radios } from "../../shared/ui/radios";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./reboot.module.css";

type RebootDialogProps = { session: Session; open: boolean; onClose: () => void };

/** 재시작 후 이어하기 [Restart and go on]: asks the customer to restart the machine, and the session goes on afterwards [F-03]. */
export function RebootDialog({ session, open, onClose }: RebootDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("console-tool-name-auto-reconnect")} open={open} onClose={onClose}>
      <RebootForm session={session} onClose={onClose} />
    </Dialog>
  );
}

function RebootForm({ session, onClose }: Omit<RebootDialogProps, "open">) {
  const { t } = useI18n();
  const options = usePart(session.live, (live) => live.notInEffect);
  const [way, setWay] = useState("normal");
  const offersSafeMode = options.includes("safe_mode_reconnect");
  const ask = (event: FormEvent) => {
    event.preventDefault();
    session.reboot.ask(way === "safe-mode");
    onClose();
  };
  return (
    <form className={styles["form"]} onSubmit={ask}>
      <p>{t("console-reboot-means")}</p>
      {offersSafeMode && (
        <>
          <Radios
            label={t("console-reboot-way")}
            value={way}
            onChange={setWay}
            choices={[
              { value: "normal", label: t("console-reboot-normal") },
              { value: "safe-mode", label: t("console-reboot-safe-mode") },
            ]}
          />
          {way === "safe-mode" && <p role="status">{t("console-not-in-effect-safe-mode-reconnect")}</p>}
        </>
      )}
      <DialogActions>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button type="submit" look="primary">
          {t("console-reboot-ask")}
        </Button>
      </DialogActions>
    </form>
  );
}
