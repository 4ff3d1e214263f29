import { useDeferredValue, useState } from "react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { ChangeService_Act as Act, type ServiceEntry } from "../../generated/proto/beside/v1/peer_pb";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { Loading } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import type { Session } from "../session/session";
import menus from "../toolbar/toolbar.module.css";
import styles from "../tools/panel.module.css";
import { useProblemText } from "../tools/use-problem-text";
import { useRights } from "../tools/use-rights";
import { useLook } from "../tools/use-tool";
import { servicesOf } from "./process-rows";

/** So many rows are drawn at once; the filter finds the others. */
const ROWS = 300;

const ACTS = { start: Act.START, stop: Act.STOP, restart: Act.RESTART } as const;
type ActName = keyof typeof ACTS;
type Change = { readonly service: ServiceEntry; readonly act: ActName };

/** The services of the customer's system; they are started and stopped after a question. */
export function ServiceList({ session }: { session: Session }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { outcome, busy, again } = useLook(session, "listServices", null);
  const [typed, setTyped] = useState("");
  const [change, setChange] = useState<Change | null>(null);
  const words = useDeferredValue(typed).trim().toLowerCase();
  if (outcome === null) return <Loading />;
  const has = ({ name, description }: ServiceEntry) =>
    name.toLowerCase().includes(words) || description.toLowerCase().includes(words);
  const rows = servicesOf(outcome).filter(has);
  return (
    <>
      <div className={styles["bar"]}>
        <div className={styles["grow"]}>
          <TextField
            label={t("console-filter")}
            name="services"
            type="search"
            value={typed}
            onChange={setTyped}
          />
        </div>
        <Button isPending={busy} onPress={again}>
          {t("console-refresh")}
        </Button>
      </div>
      {!outcome.ok && (
        <p role="alert" className={styles["error"]}>
          {problemText(outcome.problem, outcome.detail)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it. */}
      <section className={styles["content"]} tabIndex={0} aria-label={t("console-services")}>
        {rows.length > 0 && (
          <ServiceTable rows={rows.slice(0, ROWS)} session={session} onChange={setChange} />
        )}
        {rows.length > ROWS && (
          <p className={styles["note"]}>{t("console-filter-more", { count: rows.length - ROWS })}</p>
        )}
        {rows.length === 0 && outcome.ok && <p className={styles["note"]}>{t("console-filter-none")}</p>}
      </section>
      <ChangeDialog session={session} change={change} onClose={() => setChange(null)} onDone={again} />
    </>
  );
}

type ServiceTableProps = {
  rows: readonly ServiceEntry[];
  session: Session;
  onChange: (change: Change) => void;
};

function ServiceTable({ rows, session, onChange }: ServiceTableProps) {
  const { t, knows } = useI18n();
  const { endProcesses } = useRights(session);
  const stateText = (state: string) => {
    const key = `console-service-${state}`;
    return knows(key) ? t(key) : state;
  };
  return (
    <table className={styles["table"]} aria-label={t("console-services")}>
      <thead>
        <tr>
          <th scope="col" className={styles["named"]}>
            {t("console-service-name")}
          </th>
          <th scope="col">{t("console-service-state")}</th>
          {endProcesses && (
            <th scope="col">
              <span className="visually-hidden">{t("console-service-act")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((service) => (
          <tr key={service.name}>
            <th scope="row" className={styles["named"]} title={service.description}>
              <span className={styles["name"]}>{service.name}</span>
              <span className={styles["under"]}>{service.description}</span>
            </th>
            <td>
              {stateText(service.state)}
              <span className={styles["under"]}>
                {[service.detail, service.startup].filter(Boolean).join(" · ")}
              </span>
            </td>
            {endProcesses && (
              <td className={styles["end"]}>
                <ActMenu service={service} onChange={onChange} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ActMenu({ service, onChange }: { service: ServiceEntry; onChange: (change: Change) => void }) {
  const { t } = useI18n();
  const runs = service.state === "active" || service.state === "reloading";
  const acts: readonly ActName[] = runs ? ["restart", "stop"] : ["start"];
  return (
    <MenuTrigger>
      <Button small look="quiet" aria-label={t("console-service-act-of", { name: service.name })}>
        {t("console-service-act")}
      </Button>
      <Popover className={menus["popover"] ?? ""}>
        <Menu
          className={menus["menu"] ?? ""}
          aria-label={t("console-service-act-of", { name: service.name })}
          onAction={(key) => {
            const act = acts.find((each) => each === key);
            if (act !== undefined) onChange({ service, act });
          }}
        >
          {acts.map((act) => (
            <MenuItem key={act} id={act} className={menus["item"] ?? ""}>
              {t(`console-service-${act}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

type ChangeDialogProps = { session: Session; change: Change | null; onClose: () => void; onDone: () => void };

function ChangeDialog({ session, change, onClose, onDone }: ChangeDialogProps) {
  const { t } = useI18n();
  const notify = useNotify();
  const problemText = useProblemText();
  const name = change?.service.name ?? "";
  const run = async () => {
    if (change === null) return;
    onClose();
    const value = { name: change.service.name, act: ACTS[change.act] };
    const outcome = await session.tools.run({ case: "changeService", value });
    notify(outcome.ok ? t("console-service-done", { name }) : problemText(outcome.problem, outcome.detail));
    onDone();
  };
  const act = change === null ? "" : t(`console-service-${change.act}`);
  return (
    <Dialog title={t("console-service-title", { name, act })} open={change !== null} onClose={onClose} alert>
      <p>{t("console-service-text")}</p>
      <DialogActions>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button look="primary" onPress={() => void run()}>
          {act}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
