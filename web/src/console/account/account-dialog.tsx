import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { ownKey } from "../../shared/own/own-port";
import { OwnSignInsList } from "../../shared/own/own-sign-ins-list";
import { SecondStep } from "../../shared/own/second-step";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { Loaded } from "../../shared/ui/states";
import { ownPort } from "../console-api";
import styles from "./account-dialog.module.css";

type AccountProps = { name: string; onClose: () => void; onSignedOut: () => void };

/** The operator's own account: the second step, and where it is signed in. */
export function AccountDialog({ name, onClose, onSignedOut }: AccountProps) {
  const { t } = useI18n();
  const port = useMemo(() => ownPort(onSignedOut), [onSignedOut]);
  const own = useQuery({ queryKey: ownKey, queryFn: port.list });
  return (
    <Dialog title={name} open onClose={onClose}>
      <Loaded query={own}>
        {(found) => (
          <div className={styles["parts"]}>
            <section className={styles["part"]}>
              <h3>{t("shared-step-title")}</h3>
              <SecondStep own={found} port={port} />
            </section>
            <section className={styles["part"]}>
              <h3>{t("shared-own-title")}</h3>
              <OwnSignInsList own={found} port={port} />
            </section>
          </div>
        )}
      </Loaded>
      <DialogActions>
        <Button onPress={onClose}>{t("shared-close")}</Button>
      </DialogActions>
    </Dialog>
  );
}
