import { RecordingState_State as State } from "../generated/proto/beside/v1/peer_pb";
import type { EventOutbox } from "../shared/session/event-outbox";
import type { CopyWish, Recording } from "./join-state";

type Event = Parameters<EventOutbox["add"]>[0];

/** As fast as a hand presses: a console that asks more often is not heard, and makes no line of the record. */
const EVERY_MS = 300;

type RecordingPort = {
  now(): number;
  report(event: Event): void;
  /** To the console: whether it records. */
  tell(state: State): void;
  /** A console asked without leave. */
  refuse(what: string): void;
};

const NAMES = {
  [State.ON]: "on",
  [State.HELD]: "held",
  [State.OFF]: "off",
  [State.FORBIDDEN]: "forbidden",
} as const;

/**
 * Whether the operator's console records what this page shares [F-13, S-15]: it does so while policy and customer let it, and here
 * is decided that it may. The same rules as the app's (crates/session/src/customer/recording.rs).
 */
export class PageRecording {
  private may = false;
  /** By whoever decided last; null: nobody has, and S-15 counts. */
  private wanted: boolean | null = null;
  private connected = false;
  private paused = false;
  private told: State | null = null;
  private reported = false;
  private asked_ms = Number.NEGATIVE_INFINITY;
  /** There is something to have a copy of. */
  private ran = false;
  private copies = false;
  private copyAsked = false;

  constructor(private readonly port: RecordingPort) {}

  get isAllowed(): boolean {
    return this.may;
  }

  get state(): Recording {
    return NAMES[this.now()];
  }

  get copy(): CopyWish {
    if (!this.copies || !this.ran) return "none";
    return this.copyAsked ? "asked" : "offered";
  }

  /** The customer wants a copy: it is given after the session, by whoever keeps its record. */
  askCopy(): void {
    if (this.copy !== "offered") return;
    this.copyAsked = true;
    this.port.report({ case: "copyAsked", value: {} });
  }

  /** The customer lets it, or does not. `atStart`: it then begins by itself [S-15]; `copies`: whoever asks gets one of what was recorded. */
  allow(may: boolean, atStart: boolean, copies = false): void {
    this.may = may;
    this.copies = copies;
    if (may) this.wanted ??= atStart;
    this.settle();
  }

  /** The customer or the policy lets it no more, or again: then it waits for the operator. */
  setAllowed(may: boolean): void {
    if (this.may === may) return;
    this.may = may;
    if (!may) this.wanted = false;
    this.settle();
  }

  /** The customer allowed what the operator had asked for. */
  want(): void {
    this.wanted = true;
    this.settle();
  }

  /** The console asks for it. */
  ask(on: boolean): void {
    const now = this.port.now();
    if (now - this.asked_ms < EVERY_MS) return;
    this.asked_ms = now;
    if (on && !this.may) this.port.refuse("recording-forbidden");
    else if (on && this.paused) this.port.refuse("session-paused");
    else this.wanted = on;
    this.settle();
  }

  pause(on: boolean): void {
    this.paused = on;
    this.settle();
  }

  /** A console is there, or none is; each new one is told anew. */
  connect(connected: boolean): void {
    this.connected = connected;
    this.told = null;
    this.settle();
  }

  private now(): keyof typeof NAMES {
    if (!this.may) return State.FORBIDDEN;
    if (this.wanted !== true) return State.OFF;
    return this.paused ? State.HELD : State.ON;
  }

  private settle(): void {
    const state = this.now();
    if (this.connected && this.told !== state) {
      this.told = state;
      this.port.tell(state);
    }
    const on = this.connected && state === State.ON;
    if (on) this.ran = true;
    if (this.reported !== on) {
      this.reported = on;
      this.port.report({ case: "recordingChanged", value: { on } });
    }
  }
}
