import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { useProblemText } from "../files/problem-text";
import { useStore } from "../use-store";
import { openPrinted, printPrinted, savePrinted } from "./printed-file";
import styles from "./printer.module.css";
import type { Printed, PrinterDesk } from "./printer-desk";

/** The documents, newest first. */
export function PrintedList({ desk }: { desk: PrinterDesk }) {
  const { t } = useI18n();
  const documents = useStore(desk.documents);
  return (
    <ul className={styles["list"]} aria-label={t("console-printer-documents")}>
      {documents.map((printed) => (
        <li key={printed.key} className={styles["document"]}>
          <span className={styles["name"]} title={printed.name}>
            <bdi>{printed.name || t("console-printer-nameless")}</bdi>
          </span>
          <Facts printed={printed} />
          <PrintedButtons desk={desk} printed={printed} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ printed }: { printed: Printed }) {
  const { t, knows, locale } = useI18n();
  const problem = useProblemText();
  const { state, why, moved_bytes, size_bytes, pages } = printed;
  const size = sizeText(size_bytes, locale);
  const whyKey = `console-printer-${why}`;
  const words = {
    arriving: t("console-printer-arriving", { size }),
    fetching: t("console-printer-fetching", { moved: sizeText(moved_bytes, locale), size }),
    here:
      pages > 0 ? t("console-printer-here", { pages, size }) : t("console-printer-here-uncounted", { size }),
    failed: t("console-printer-failed", { why: problem(why) }),
    gone: knows(whyKey) ? t(whyKey) : t("console-printer-print-failed"),
  };
  return (
    <span className={styles["facts"]} data-state={state}>
      {words[state]}
    </span>
  );
}

/** What the operator does with a document. Nothing is opened before. */
export function PrintedButtons({ desk, printed }: { desk: PrinterDesk; printed: Printed }) {
  const { t } = useI18n();
  const notify = useNotify();
  const { key, file, name, state } = printed;
  const opened = (is: boolean) => {
    if (is) desk.seen(key);
    else notify(t("console-printer-no-tab"));
  };
  const button = (action: string, act: () => void) => (
    <Button small look="quiet" aria-label={`${t(`console-printer-${action}`)}: ${name}`} onPress={act}>
      {t(`console-printer-${action}`)}
    </Button>
  );
  return (
    <span className={styles["buttons"]}>
      {file !== null && (
        <>
          {button("open", () => opened(openPrinted(file)))}
          {button("print", () => opened(printPrinted(file)))}
          {button("save", () => {
            savePrinted(file, name);
            desk.seen(key);
          })}
        </>
      )}
      {state === "failed" && button("again", () => desk.again(key))}
      {state !== "arriving" && state !== "fetching" && button("discard", () => desk.discard(key))}
    </span>
  );
}
