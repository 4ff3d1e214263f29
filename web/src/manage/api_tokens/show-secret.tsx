import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import { InfoNote } from "../../shared/ui/note";
import styles from "./api-tokens.module.css";

/** The secret of a new token, this once. Only the button closes the dialog. */
export function ShowSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied("yes");
    } catch {
      setCopied("failed");
    }
  };
  return (
    <Dialog open onceOnly title={t("manage-api-token-made")} onClose={onClose}>
      <div className={styles["secretBox"]}>
        <InfoNote>{t("manage-api-token-once")}</InfoNote>
        <code className={styles["secret"]}>{secret}</code>
        <p role="status">{copied === "no" ? "" : t(`manage-api-token-copied-${copied}`)}</p>
        <div className={styles["buttons"]}>
          <Button onPress={() => void copy()}>{t("manage-api-token-copy")}</Button>
          <Button look="primary" onPress={onClose}>
            {t("shared-close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
