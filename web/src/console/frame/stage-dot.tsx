import { useI18n } from "../../shared/i18n/i18n";
import type { StageName } from "../session/session-view";
import styles from "./stage-dot.module.css";

/** The state of a session as a dot, and in words for screen readers. */
export function StageDot({ stage }: { stage: StageName }) {
  const { t } = useI18n();
  return (
    <>
      <span aria-hidden="true" className={`${styles["dot"]} ${styles[stage]}`} />
      <span className="visually-hidden">{t(`console-stage-${stage}`)}</span>
    </>
  );
}
