import { useI18n } from "../i18n/i18n";
import styles from "./later-mark.module.css";

/** Says of what can be set already that no session follows it yet. `text`: the message that says so. */
export function LaterMark({ text = "manage-option-later" }: { text?: string }) {
  const { t } = useI18n();
  return <span className={styles["mark"]}>{t(text)}</span>;
}
