import { useI18n } from "../../shared/i18n/i18n";
import { Moment } from "../../shared/ui/moment";
import styles from "./records.module.css";
import type { SupportRecord } from "./records-api";
import { eventText } from "./timeline-text";

/** What happened, in order, and which side reported it. */
export function RecordTimeline({ entries }: { entries: SupportRecord["timeline"] }) {
  const i18n = useI18n();
  const { t } = i18n;
  if (entries.length === 0) return <p className={styles["none"]}>{t("manage-record-timeline-none")}</p>;
  return (
    <ol className={styles["timeline"]}>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a kept timeline never changes its order.
        <li key={index} className={styles["event"]}>
          <span className={styles["eventTime"]}>
            <Moment at_ms={entry.at_ms} timeOnly />
          </span>
          <span>
            {eventText(entry.kind, entry.detail, i18n)}
            <span className={styles["source"]}>{t(`manage-author-${entry.source}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
