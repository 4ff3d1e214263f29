import { Store } from "../../shared/session/store";

export type Direction = "send" | "fetch";

/** What happens with a file that is there already. */
export type Rule = "ask" | "overwrite" | "keep-both" | "skip" | "newer";

export type JobState =
  | "waiting"
  | "running"
  | "paused"
  /** There is a file already, and the operator has not said what to do. */
  | "asking"
  | "done"
  | "skipped"
  | "failed"
  | "cancelled";

/** One file of the queue, as it is shown. */
export type Job = {
  readonly id: number;
  readonly direction: Direction;
  readonly name: string;
  readonly size_bytes: number;
  readonly moved_bytes: number;
  readonly state: JobState;
  /** Of one that failed: kebab-case. */
  readonly why: string;
  /** Of one that asks: what is there. */
  readonly there: Existing | null;
  readonly rule: Rule;
};

export type Existing = { readonly size_bytes: number; readonly modified_ms: number };

/** What the whole queue comes to. */
export type Sum = {
  readonly total_bytes: number;
  readonly moved_bytes: number;
  readonly left: number;
  readonly rate_bytes_per_s: number;
  /** Null: not known. */
  readonly left_s: number | null;
};

/** The speed is that of the last so many milliseconds. */
const SPEED_OVER_MS = 3_000;
/** Views are told of progress no more often: a fast file would have the page draw nothing else. */
const TOLD_EVERY_MS = 200;
/** Finished jobs that stay in the list. */
const FINISHED_MAX = 200;

const ENDED: readonly JobState[] = ["done", "skipped", "failed", "cancelled"];

export function hasEnded(job: Pick<Job, "state">): boolean {
  return ENDED.includes(job.state);
}

/** The files that are to be moved, in their order. Knows neither a network nor a disk. */
export class TransferQueue {
  readonly jobs = new Store<readonly Job[]>([]);
  private lastId = 0;
  private readonly doneFiles: Record<Direction, number> = { send: 0, fetch: 0 };
  private readonly samples: { at_ms: number; bytes: number }[] = [];
  /** Progress that views have not been told. */
  private readonly untold = new Map<number, number>();
  private told_ms = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  add(direction: Direction, name: string, size_bytes: number, rule: Rule): Job {
    this.lastId += 1;
    const start = { moved_bytes: 0, state: "waiting", why: "", there: null } as const;
    const job: Job = { id: this.lastId, direction, name, size_bytes, rule, ...start };
    this.jobs.set([...this.trimmed(), job]);
    return job;
  }

  /** How many files have gone this way since the queue began, whatever is still listed. */
  done(direction: Direction): number {
    return this.doneFiles[direction];
  }

  get(id: number): Job | undefined {
    return this.jobs.get().find((job) => job.id === id);
  }

  change(id: number, part: Partial<Omit<Job, "id" | "direction">>): void {
    this.told_ms = this.now();
    const before = this.get(id);
    if (before !== undefined && part.state === "done" && before.state !== "done")
      this.doneFiles[before.direction] += 1;
    const news = new Map(this.untold);
    this.untold.clear();
    const changed = (job: Job): Job => {
      const moved_bytes = news.get(job.id);
      const moved = moved_bytes === undefined ? job : { ...job, moved_bytes };
      return job.id === id ? { ...moved, ...part } : moved;
    };
    this.jobs.set(this.jobs.get().map(changed));
  }

  /** So much of a job is there. */
  moved(id: number, moved_bytes: number): void {
    const before = this.untold.get(id) ?? this.get(id)?.moved_bytes ?? 0;
    this.samples.push({ at_ms: this.now(), bytes: Math.max(moved_bytes - before, 0) });
    this.untold.set(id, moved_bytes);
    if (this.now() - this.told_ms >= TOLD_EVERY_MS) this.change(id, {});
  }

  /** The first that waits. */
  next(): Job | undefined {
    return this.jobs.get().find((job) => job.state === "waiting");
  }

  count(...states: JobState[]): number {
    return this.jobs.get().filter((job) => states.includes(job.state)).length;
  }

  /** What has ended goes from the list. */
  clear(): void {
    this.jobs.set(this.jobs.get().filter((job) => !hasEnded(job)));
  }

  sum(): Sum {
    const open = this.jobs.get().filter((job) => !hasEnded(job));
    const total_bytes = open.reduce((sum, job) => sum + job.size_bytes, 0);
    const moved_bytes = open.reduce((sum, job) => sum + job.moved_bytes, 0);
    const rate_bytes_per_s = this.rate();
    const left_s = rate_bytes_per_s > 0 ? (total_bytes - moved_bytes) / rate_bytes_per_s : null;
    return { total_bytes, moved_bytes, left: open.length, rate_bytes_per_s, left_s };
  }

  private rate(): number {
    const since_ms = this.now() - SPEED_OVER_MS;
    while (this.samples[0] !== undefined && this.samples[0].at_ms <= since_ms) this.samples.shift();
    const bytes = this.samples.reduce((sum, sample) => sum + sample.bytes, 0);
    const first = this.samples[0];
    if (first === undefined) return 0;
    const over_ms = Math.max(this.now() - first.at_ms, 500);
    return (bytes * 1_000) / over_ms;
  }

  private trimmed(): readonly Job[] {
    const jobs = this.jobs.get();
    const tooMany = jobs.filter(hasEnded).length - FINISHED_MAX;
    if (tooMany <= 0) return jobs;
    const old = new Set(jobs.filter(hasEnded).slice(0, tooMany));
    return jobs.filter((job) => !old.has(job));
  }
}
