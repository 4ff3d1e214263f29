import { useDeferredValue, useMemo, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { saveText } from "../../shared/ui/save-text";
import { Loading } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import type { Session } from "../session/session";
import styles from "../tools/panel.module.css";
import { useProblemText } from "../tools/use-problem-text";
import { useLook } from "../tools/use-tool";
import { type Program, systemFacts, systemText } from "./system-facts";

/** 시스템 정보 [System information]: what the customer's machine is, to read, copy and save [F-06]. */
export function SystemPanel({ session }: { session: Session }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const problemText = useProblemText();
  const { outcome, busy, again } = useLook(session, "describeSystem", null);
  const facts = useMemo(() => (outcome === null ? null : systemFacts(outcome, i18n)), [outcome, i18n]);
  if (outcome === null || facts === null) return <Loading />;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(systemText(facts, i18n));
      notify(t("console-system-copied"));
    } catch {
      notify(t("console-system-not-copied"));
    }
  };
  const name = session.summary.get().machine?.hostName || "system";
  return (
    <div className={styles["panel"]}>
      <div className={styles["bar"]}>
        <Button small isPending={busy} onPress={again}>
          {t("console-refresh")}
        </Button>
        <Button small isDisabled={!outcome.ok} onPress={() => void copy()}>
          {t("console-copy")}
        </Button>
        <Button
          small
          isDisabled={!outcome.ok}
          onPress={() => saveText(`${name}.txt`, systemText(facts, i18n))}
        >
          {t("console-save-as-file")}
        </Button>
      </div>
      {!outcome.ok && (
        <p role="alert" className={styles["error"]}>
          {problemText(outcome.problem, outcome.detail)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it. */}
      <section className={styles["content"]} tabIndex={0} aria-label={t("console-tool-name-system-info")}>
        {facts.sections.map(({ title, facts: pairs }) => (
          <div key={title} className={styles["section"]}>
            <h2 className={styles["heading"]}>{title}</h2>
            <dl className={styles["pairs"]}>
              {pairs.map(([key, value]) => (
                <div key={key} style={{ display: "contents" }}>
                  <dt>{key}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
        {facts.programs.length > 0 && <Programs programs={facts.programs} />}
      </section>
    </div>
  );
}

/** So many rows are drawn at once; the filter finds the others. */
const ROWS = 300;

function Programs({ programs }: { programs: readonly Program[] }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed).trim().toLowerCase();
  const found = programs.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className={styles["section"]}>
      <h2 className={styles["heading"]}>{t("console-system-programs-count", { count: programs.length })}</h2>
      <TextField
        label={t("console-filter")}
        name="programs"
        type="search"
        value={typed}
        onChange={setTyped}
      />
      <ul className={styles["programs"]}>
        {found.slice(0, ROWS).map(({ name, version }) => (
          <li key={`${name} ${version}`}>
            <span>{name}</span> <span className={styles["version"]}>{version}</span>
          </li>
        ))}
      </ul>
      {found.length > ROWS && (
        <p className={styles["note"]}>{t("console-filter-more", { count: found.length - ROWS })}</p>
      )}
      {found.length === 0 && <p className={styles["note"]}>{t("console-filter-none")}</p>}
    </div>
  );
}
