import { memo } from "react";
import { ProgressBar } from "react-aria-components";
import { durationText, sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { shown } from "../../shared/strangers-text";
import { Button } from "../../shared/ui/button";
import { useStore } from "../use-store";
import type { Files } from "./files";
import styles from "./files.module.css";
import { useProblemText } from "./problem-text";
import { hasEnded, type Job, type Rule } from "./queue";
import { timeText } from "./time-text";

const DECISIONS: readonly Exclude<Rule, "ask">[] = ["overwrite", "keep-both", "newer", "skip"];
/** More lines help nobody; the rest is counted. */
const SHOWN_MAX = 100;

/** The files on their way, with speed and time left. */
export function QueueView({ files }: { files: Files }) {
  const { t, locale } = useI18n();
  const jobs = useStore(files.queue.jobs);
  if (jobs.length === 0) return null;
  const { left, moved_bytes, total_bytes, rate_bytes_per_s, left_s } = files.queue.sum();
  const open = jobs.filter((job) => !hasEnded(job));
  const ended = jobs.filter(hasEnded).reverse();
  return (
    <section className={styles["queue"]} aria-label={t("console-files-queue")}>
      <div className={styles["sum"]}>
        <strong>{t("console-files-queue")}</strong>
        <span>
          {left === 0
            ? t("console-files-queue-done")
            : t("console-files-queue-sum", {
                count: left,
                moved: sizeText(moved_bytes, locale),
                total: sizeText(total_bytes, locale),
              })}
          {rate_bytes_per_s > 0 &&
            ` · ${t("console-files-rate", { size: sizeText(rate_bytes_per_s, locale) })}`}
          {left > 0 && left_s !== null && ` · ${t("console-files-left", { time: durationText(left_s, t) })}`}
        </span>
        {ended.length > 0 && (
          <Button small look="quiet" onPress={() => files.queue.clear()}>
            {t("console-files-clear")}
          </Button>
        )}
      </div>
      <ul className={styles["jobs"]}>
        {[...open, ...ended].slice(0, SHOWN_MAX).map((job) => (
          <JobLine key={job.id} job={job} files={files} />
        ))}
      </ul>
    </section>
  );
}

/** Drawn anew when its own job has changed: five times a second for the one that runs. */
const JobLine = memo(function JobLine({ job, files }: { job: Job; files: Files }) {
  const { t, locale } = useI18n();
  const problem = useProblemText();
  const words = job.state === "failed" ? problem(job.why) : t(`console-files-state-${job.state}`);
  const there = job.there;
  const since = there === null ? "" : timeText(there.modified_ms, "medium", locale);
  return (
    <li className={styles["job"]}>
      <span className={styles["jobName"]} title={shown(job.name)}>
        <span aria-hidden="true">{job.direction === "send" ? "→ " : "← "}</span>
        <span className="visually-hidden">{t(`console-files-${job.direction}`)} </span>
        <bdi>{shown(job.name)}</bdi>
      </span>
      <Track job={job} />
      <span className={styles["state"]} data-state={job.state}>
        {there === null
          ? words
          : t(since === "" ? "console-files-exists-there-undated" : "console-files-exists-there", {
              size: sizeText(there.size_bytes, locale),
              time: since,
            })}
        {job.state === "running" &&
          ` · ${sizeText(job.moved_bytes, locale)} / ${sizeText(job.size_bytes, locale)}`}
      </span>
      <JobButtons id={job.id} name={job.name} state={job.state} files={files} />
    </li>
  );
});

function Track({ job }: { job: Job }) {
  const { t } = useI18n();
  const most = Math.max(job.size_bytes, 1);
  const value = job.state === "done" ? most : Math.min(job.moved_bytes, most);
  return (
    <ProgressBar
      aria-label={t("console-files-progress", { name: shown(job.name) })}
      value={value}
      maxValue={most}
    >
      {({ percentage }) => (
        <div className={styles["track"]}>
          <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={percentage ?? 0} height="1" />
          </svg>
        </div>
      )}
    </ProgressBar>
  );
}

type JobButtonsProps = Pick<Job, "id" | "name" | "state"> & { files: Files };

/** Without what moves. */
const JobButtons = memo(function JobButtons({ id, name, state, files }: JobButtonsProps) {
  const { t } = useI18n();
  // Of two buttons that take each other's place, `place` is the same, so that the focus stays.
  const button = (key: string, act: () => void, place = key) => (
    <Button key={place} small look="quiet" aria-label={`${t(key)}: ${shown(name)}`} onPress={act}>
      {t(key)}
    </Button>
  );
  return (
    <span className={styles["jobButtons"]}>
      {state === "asking" &&
        DECISIONS.map((rule) => button(`console-files-rule-${rule}`, () => files.decide(id, rule)))}
      {(state === "running" || state === "waiting") &&
        button("console-files-pause", () => files.pause(id), "hold")}
      {state === "paused" && button("console-files-resume", () => files.resume(id), "hold")}
      {(state === "failed" || state === "cancelled") && button("console-files-again", () => files.again(id))}
      {!hasEnded({ state }) && button("console-files-cancel", () => files.cancel(id))}
    </span>
  );
});
