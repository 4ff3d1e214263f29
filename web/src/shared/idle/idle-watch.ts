import { Store } from "../session/store";

/** Auto logout as the server tells it, in seconds. */
export type Idle = { after_s: number; left_s: number };

export type IdlePort = {
  now(): number;
  /** Calls back after a time. Gives the way to stop. */
  after(delay_ms: number, task: () => void): () => void;
  /** How many seconds the server leaves, without being a sign of anybody; null: nobody is signed in any more. */
  ask(): Promise<number | null>;
  /** Tells the server that somebody is there. */
  stay(): Promise<void>;
  /** The time is up: nobody is signed in any more. */
  over(): void;
};

/** How long before the end the warning stands. */
const WARNING_MS = 60_000;
/** How often the server is asked while it stands: another tab may have put off the end. */
const ASK_AGAIN_MS = 10_000;
/** The server is told of keys and clicks at most so often. */
const TELL_MS = 60_000;
const TICK_MS = 1_000;

/** Follows the time that is left before the automatic sign-out. The server decides; this shows it. */
export class IdleWatch {
  /** The seconds that the warning counts down; null: there is no warning. */
  readonly warning = new Store<number | null>(null);
  private readonly warning_ms: number;
  private ends_ms: number;
  private told_ms: number;
  private asked_ms = 0;
  private cancel = () => {};
  private stopped = false;

  constructor(
    private readonly idle: Idle,
    private readonly port: IdlePort,
  ) {
    // A minute's idle time warns for half of it.
    this.warning_ms = Math.min(WARNING_MS, (idle.after_s * 1000) / 2);
    this.told_ms = port.now();
    this.ends_ms = port.now() + idle.left_s * 1000;
    this.wait();
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  /** A key or a click: somebody is there. While the warning stands, its button alone says so. */
  active(): void {
    const often_ms = Math.min(TELL_MS, (this.idle.after_s * 1000) / 4);
    if (this.warning.get() === null && this.told_ms + often_ms <= this.port.now()) void this.stay();
  }

  /** Stay signed in. */
  async stay(): Promise<void> {
    this.told_ms = this.port.now();
    try {
      await this.port.stay();
    } catch {
      // Not told: the warning stays, or comes in its time.
      return;
    }
    this.leave(this.idle.after_s);
  }

  private leave(left_s: number): void {
    if (this.stopped) return;
    this.ends_ms = this.port.now() + left_s * 1000;
    if (left_s * 1000 > this.warning_ms) this.wait();
    else this.tick();
  }

  private wait(): void {
    this.warning.set(null);
    this.later(this.ends_ms - this.warning_ms - this.port.now(), () => void this.look());
  }

  private tick(): void {
    const left_ms = this.ends_ms - this.port.now();
    this.warning.set(Math.max(0, Math.ceil(left_ms / 1000)));
    const due = left_ms <= 0 || this.asked_ms + ASK_AGAIN_MS <= this.port.now();
    this.later(TICK_MS, due ? () => void this.look() : () => this.tick());
  }

  private async look(): Promise<void> {
    this.asked_ms = this.port.now();
    let left_s: number | null;
    try {
      left_s = await this.port.ask();
    } catch {
      // The server is away; what it will say is asked again.
      if (!this.stopped) this.tick();
      return;
    }
    if (this.stopped) return;
    if (left_s === null) {
      this.stop();
      this.port.over();
    } else {
      this.leave(left_s);
    }
  }

  private later(delay_ms: number, task: () => void): void {
    this.cancel();
    this.cancel = this.port.after(Math.max(0, delay_ms), task);
  }
}
