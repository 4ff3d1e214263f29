import { useI18n } from "../../shared/i18n/i18n";
import { Empty } from "../../shared/ui/states";
import { Switch } from "../../shared/ui/switch";
import type { Session } from "../session/session";
import panelStyles from "../tools/panel.module.css";
import { usePart, useStore } from "../use-store";
import { PrintedList } from "./printed-list";
import styles from "./printer.module.css";

/** 원격프린터 [Remote printer]: where it stands, and what the customer printed on it [S-12]. */
export function PrinterPanel({ session }: { session: Session }) {
  const { t, knows } = useI18n();
  const { printer } = session;
  const now = useStore(printer.now);
  const documents = useStore(printer.documents);
  const paused = usePart(session.live, (live) => live.paused);
  const lacks = `console-unsupported-${now.lacks}`;
  const words =
    now.state === "unavailable"
      ? knows(lacks)
        ? t(lacks)
        : t("console-unsupported", { what: now.lacks })
      : t(`console-printer-is-${now.state}`, { name: now.name });
  return (
    <div className={panelStyles["panel"]}>
      <div className={styles["head"]}>
        <Switch
          on={now.state === "on" || now.state === "starting"}
          onChange={(on) => printer.setOn(on)}
          disabled={paused || now.state === "unknown"}
        >
          {t("console-printer-switch")}
        </Switch>
        <p role="status" className={styles["state"]} data-state={now.state}>
          {words}
        </p>
      </div>
      <div className={panelStyles["content"]}>
        {documents.length === 0 ? (
          <Empty title={t("console-printer-none")} text={t("console-printer-none-text")} />
        ) : (
          <PrintedList desk={printer} />
        )}
      </div>
    </div>
  );
}
