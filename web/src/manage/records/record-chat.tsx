import { useI18n } from "../../shared/i18n/i18n";
import { Moment } from "../../shared/ui/moment";
import styles from "./records.module.css";
import type { SupportRecord } from "./records-api";

type ChatProps = { lines: SupportRecord["chat"]; operator: string; customer: string };

/** What was said, in order [F-05]. */
export function RecordChat({ lines, operator, customer }: ChatProps) {
  const { t } = useI18n();
  if (lines.length === 0) return <p className={styles["none"]}>{t("manage-record-chat-none")}</p>;
  const nameOf = (author: "operator" | "customer") =>
    author === "operator" ? operator : customer || t("manage-author-customer");
  return (
    <ol className={styles["chat"]}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a kept chat never changes its order.
        <li key={index} className={`${styles["line"]} ${styles[line.author]}`}>
          <p className={styles["author"]}>
            {nameOf(line.author)} <Moment at_ms={line.at_ms} timeOnly />
            {line.by_other_side ? ` (${t("manage-record-chat-other-side")})` : null}
          </p>
          <p className={styles["text"]}>{line.text}</p>
        </li>
      ))}
    </ol>
  );
}
