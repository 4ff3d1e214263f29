import type { ReactNode } from "react";
import { useI18n } from "../i18n/i18n";
import styles from "./facts.module.css";

/** Names with their values. An empty value is drawn as a dash. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const { t } = useI18n();
  return (
    <dl className={styles["facts"]}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles["fact"]}>
          <dt className={styles["name"]}>{name}</dt>
          <dd className={styles["value"]}>{value === "" || value === null ? t("shared-none") : value}</dd>
        </div>
      ))}
    </dl>
  );
}
