import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { Failed } from "../../shared/ui/states";
import { type EndedSession, endedSessionsKey as key, listEndedSessions } from "../console-api";
import { sessionTitle } from "../session/session-view";
import { RecordFormView } from "../support-record/record-form-view";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./session-list.module.css";

/** The operator's sessions that ended today, whichever browser they were in, so that none is left without its record. */
export function EndedToday() {
  const { t } = useI18n();
  const client = useQueryClient();
  const ended = useQuery({ queryKey: key, queryFn: listEndedSessions, staleTime: 0 });
  const [open, setOpen] = useState<EndedSession | null>(null);
  const above = useAbove();
  const close = () => {
    setOpen(null);
    void client.invalidateQueries({ queryKey: key });
  };
  const rows = (ended.data ?? []).filter(({ id }) => !above.has(id));
  if (ended.error !== null && ended.data === undefined) {
    return <Failed error={ended.error} onRetry={() => ended.refetch()} />;
  }
  if (rows.length === 0 && open === null) return null;
  return (
    <section className={styles["part"]} aria-labelledby="ended-title">
      <h2 id="ended-title" className={styles["subtitle"]}>
        {t("console-ended-today")}
      </h2>
      <ul className={styles["card"]}>
        {rows.map((row) => (
          <EndedRow key={row.id} row={row} onOpen={() => setOpen(row)} />
        ))}
      </ul>
      {open !== null && (
        <Dialog title={t("console-record-of", { title: titleOf(open) })} open onClose={close} alert>
          <RecordFormView sessionId={open.id} />
          <DialogActions>
            <Button onPress={close}>{t("shared-close")}</Button>
          </DialogActions>
        </Dialog>
      )}
    </section>
  );
}

function EndedRow({ row, onOpen }: { row: EndedSession; onOpen: () => void }) {
  const { t, knows, locale } = useI18n();
  const title = titleOf(row);
  const ended = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(row.ended_at_ms);
  const action = t(row.is_written ? "console-record-change" : "console-record-write");
  const reason = `console-end-${row.end_reason}`;
  return (
    <li className={styles["row"]}>
      <div className={styles["what"]}>
        <span className={styles["name"]}>{title}</span>
        <span className={styles["detail"]}>
          {t("console-ended-at", { time: ended })} · {t(knows(reason) ? reason : "console-end-unknown")}
        </span>
      </div>
      <Badge tone={row.is_written ? "neutral" : "busy"}>
        {t(row.is_written ? "console-record-written" : "console-record-unwritten")}
      </Badge>
      <Button small onPress={onOpen} aria-label={`${action}: ${title}`}>
        {action}
      </Button>
    </li>
  );
}

/** The sessions of the list above; what ends there is asked for anew. */
function useAbove(): ReadonlySet<string> {
  const client = useQueryClient();
  const list = useStore(useWorkspace().list);
  const ended = list.filter(({ stage }) => stage === "ended").length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of them is the reason to ask.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: key });
  }, [client, ended, list.length]);
  return new Set(list.map(({ id }) => id));
}

/** No mark: the row says when it ended. */
function titleOf({ customer_name, customer_host_name, customer_os }: EndedSession): string {
  return sessionTitle({
    customer: customer_name,
    hostName: customer_host_name,
    os: customer_os,
    mark: "",
  });
}
