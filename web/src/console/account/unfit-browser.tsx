import { useI18n } from "../../shared/i18n/i18n";
import { Outside } from "../../shared/ui/outside";
import styles from "./sign-in.module.css";

/** Told before anybody signs in: what this browser lacks, and which browsers have it. */
export function UnfitBrowser({ missing }: { missing: readonly string[] }) {
  const { t } = useI18n();
  return (
    <Outside>
      <main className={styles["main"]}>
        <section className={styles["card"]}>
          <h1 className={styles["title"]}>{t("console-browser-title")}</h1>
          <p className={styles["lead"]}>{t("console-browser-lacks", { features: missing.join(", ") })}</p>
        </section>
      </main>
    </Outside>
  );
}
