import { Label, ProgressBar } from "react-aria-components";
import { useI18n } from "../i18n/i18n";
import styles from "./progress.module.css";

/** How far long work is. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const { t } = useI18n();
  const words = t("shared-progress", { done, total });
  return (
    <ProgressBar className={styles["progress"] ?? ""} value={done} maxValue={total} valueLabel={words}>
      {({ percentage }) => (
        <>
          <span className={styles["words"]}>
            <Label>{label}</Label>
            <span>{words}</span>
          </span>
          <svg className={styles["bar"]} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={percentage ?? 0} height="1" />
          </svg>
        </>
      )}
    </ProgressBar>
  );
}
