import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { useStore } from "../use-store";
import { PrintedButtons } from "./printed-list";
import styles from "./printer.module.css";

type PrintedNoticeProps = { session: Session; className: string };

/** Says that a printed document is here, upon the picture [S-12]. */
export function PrintedNotice({ session, className }: PrintedNoticeProps) {
  const { t } = useI18n();
  const { printer } = session;
  const key = useStore(printer.news);
  const printed = useStore(printer.documents).find((each) => each.key === key);
  if (printed === undefined) return null;
  const { name, pages } = printed;
  const called = name || t("console-printer-nameless");
  return (
    <div className={`${className} ${styles["notice"]}`}>
      <span className={styles["noticeText"]}>
        {pages > 0
          ? t("console-printer-news", { name: called, pages })
          : t("console-printer-news-uncounted", { name: called })}
      </span>
      <PrintedButtons desk={printer} printed={printed} />
      <Button small look="quiet" onPress={() => printer.seen(printed.key)}>
        {t("console-dismiss")}
      </Button>
    </div>
  );
}
