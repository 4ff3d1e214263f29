import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./partial-share.module.css";

/** What of the screen is shared, where it is less than the whole [F-01]. */
export function PartBadge({ session }: { session: Session }) {
  const { t } = useI18n();
  const part = usePart(session.live, (live) => live.part);
  if (part === null || part.part === "desktop" || part.part === "none") return null;
  const text = t(`console-part-shared-${part.part}`, { name: part.name });
  return (
    <span className={styles["badge"]} title={t("console-part-shared-means")}>
      {text}
    </span>
  );
}
