import { useDeferredValue, useMemo, useState } from "react";
import type { ProcessEntry } from "../../generated/proto/beside/v1/peer_pb";
import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { Loading } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import type { Session } from "../session/session";
import styles from "../tools/panel.module.css";
import { useProblemText } from "../tools/use-problem-text";
import { useRights } from "../tools/use-rights";
import { useLook } from "../tools/use-tool";
import { EndProcessDialog } from "./end-process-dialog";
import { BY_CPU, type Column, listed, type Order, pressed, processesOf } from "./process-rows";

const EVERY_MS = 2_000;
/** So many rows are drawn at once; the filter finds the others. */
const ROWS = 300;

/** The processes as they are now, the busiest first. */
export function ProcessList({ session, seen }: { session: Session; seen: boolean }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { outcome } = useLook(session, "listProcesses", seen ? EVERY_MS : null);
  const [typed, setTyped] = useState("");
  const [order, setOrder] = useState(BY_CPU);
  const [ending, setEnding] = useState<ProcessEntry | null>(null);
  const words = useDeferredValue(typed);
  const rows = useMemo(() => listed(processesOf(outcome), words, order), [outcome, words, order]);
  if (outcome === null) return <Loading />;
  return (
    <>
      <div className={styles["bar"]}>
        <div className={styles["grow"]}>
          <TextField
            label={t("console-filter")}
            name="processes"
            type="search"
            value={typed}
            onChange={setTyped}
          />
        </div>
      </div>
      {!outcome.ok && (
        <p role="alert" className={styles["error"]}>
          {problemText(outcome.problem, outcome.detail)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it. */}
      <section className={styles["content"]} tabIndex={0} aria-label={t("console-processes")}>
        <ProcessTable
          rows={rows.slice(0, ROWS)}
          order={order}
          onOrder={setOrder}
          session={session}
          onEnd={setEnding}
        />
        {rows.length > ROWS && (
          <p className={styles["note"]}>{t("console-filter-more", { count: rows.length - ROWS })}</p>
        )}
        {rows.length === 0 && outcome.ok && <p className={styles["note"]}>{t("console-filter-none")}</p>}
      </section>
      <EndProcess session={session} process={ending} onClose={() => setEnding(null)} />
    </>
  );
}

type ProcessTableProps = {
  rows: readonly ProcessEntry[];
  order: Order;
  onOrder: (order: Order) => void;
  session: Session;
  onEnd: (process: ProcessEntry) => void;
};

function ProcessTable({ rows, order, onOrder, session, onEnd }: ProcessTableProps) {
  const { t, locale } = useI18n();
  const { endProcesses } = useRights(session);
  const heading = (column: Column, end: boolean) => (
    <th
      scope="col"
      className={end ? styles["end"] : styles["named"]}
      aria-sort={order.column !== column ? "none" : order.descending ? "descending" : "ascending"}
    >
      <button type="button" className={styles["sort"]} onClick={() => onOrder(pressed(order, column))}>
        {t(`console-process-${column}`)}
        <span aria-hidden="true">{order.column !== column ? "" : order.descending ? " ↓" : " ↑"}</span>
      </button>
    </th>
  );
  const percent = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return (
    <table className={styles["table"]} aria-label={t("console-processes")}>
      <thead>
        <tr>
          {heading("name", false)}
          {heading("cpu", true)}
          {heading("memory", true)}
          {endProcesses && (
            <th scope="col">
              <span className="visually-hidden">{t("console-process-end")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((process) => (
          <tr key={`${process.pid} ${process.startedAtMs}`}>
            <th scope="row" className={styles["named"]} title={process.command}>
              <span className={styles["name"]}>{process.name}</span>
              <span className={styles["under"]}>
                {process.pid} · {process.user}
              </span>
            </th>
            <td className={styles["end"]}>{percent.format(process.cpuCentipercent / 100)}</td>
            <td className={styles["end"]}>{sizeText(Number(process.memoryBytes), locale)}</td>
            {endProcesses && (
              <td className={styles["end"]}>
                {process.own ? (
                  <span className={styles["under"]} title={t("console-process-own-means")}>
                    {t("console-process-own")}
                  </span>
                ) : (
                  <Button
                    small
                    look="quiet"
                    aria-label={t("console-process-end-of", { name: process.name, pid: String(process.pid) })}
                    onPress={() => onEnd(process)}
                  >
                    {t("console-process-end")}
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type EndProcessProps = { session: Session; process: ProcessEntry | null; onClose: () => void };

function EndProcess({ session, process, onClose }: EndProcessProps) {
  const { t } = useI18n();
  const notify = useNotify();
  const problemText = useProblemText();
  const end = async (force: boolean) => {
    if (process === null) return;
    const { pid, startedAtMs, name } = process;
    onClose();
    const outcome = await session.tools.run({ case: "endProcess", value: { pid, startedAtMs, force } });
    notify(
      outcome.ok
        ? t(force ? "console-process-killed" : "console-process-asked", { name })
        : problemText(outcome.problem, outcome.detail),
    );
  };
  return <EndProcessDialog process={process} onClose={onClose} onEnd={(force) => void end(force)} />;
}
