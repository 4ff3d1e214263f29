import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../shared/i18n/i18n";
import { KeptCaptures } from "../../shared/ui/kept-captures";
import { captureAddress, capturesQuery } from "../console-api";
import styles from "./record-form.module.css";

/** Below the form: the still pictures that stand in this record [F-08]; nothing where there are none. */
export function RecordCaptures({ sessionId }: { sessionId: string }) {
  const { t } = useI18n();
  const captures = useQuery(capturesQuery(sessionId)).data ?? [];
  if (captures.length === 0) return null;
  return (
    <section className={styles["captures"]} aria-labelledby={`captures-${sessionId}`}>
      <h2 id={`captures-${sessionId}`} className={styles["label"]}>
        {t("shared-captures")}
      </h2>
      <KeptCaptures captures={captures} addressOf={(id) => captureAddress(sessionId, id)} />
    </section>
  );
}
