import { Pace } from "./pace";
import type { PageRights } from "./page-rights";

/** As `VoiceState` and `OperatorScreenState` call where it stands, why it does not, and what the record has of it. */
export type Stage = "OFF" | "ASKED" | "ON" | "HELD";
export type Why = "UNSPECIFIED" | "DECLINED" | "ENDED" | "FORBIDDEN" | "BUSY" | "PAUSED";
export type Change = "STARTED" | "ENDED_BY_OPERATOR" | "ENDED_BY_CUSTOMER" | "ENDED";

type BegunPort = {
  readonly right: "talk" | "operatorScreen";
  readonly name: "voice" | "operator-screen";
  now(): number;
  refuse(what: string): void;
  report(change: Change): void;
  /** To the operator's console. */
  tell(stage: Stage, why: Why): void;
};

/**
 * What the operator asks to begin, and the customer's press alone begins, each time: the voice [F-14], the operator's screen
 * [F-09]. By the rules of the app (crates/session/src/customer/voice.rs, operator_screen.rs).
 */
export class Begun {
  private on = false;
  private why: Why = "UNSPECIFIED";
  private told: string | null = null;
  private readonly pace = new Pace(5, 60_000);

  constructor(
    private readonly port: BegunPort,
    private readonly rights: PageRights,
  ) {}

  get stage(): Stage {
    if (this.on) return this.rights.isPaused ? "HELD" : "ON";
    return this.rights.isAsking(this.port.right) ? "ASKED" : "OFF";
  }

  /** As it is told. */
  get state(): readonly [Stage, Why] {
    const { stage } = this;
    return [stage, stage === "OFF" ? this.why : "UNSPECIFIED"];
  }

  /** The operator wants it, or ends it. */
  wanted(on: boolean): void {
    const { right } = this.port;
    if (!on) {
      this.rights.withdrawBegin(right);
      this.ends("ENDED_BY_OPERATOR", "UNSPECIFIED");
      this.answer("UNSPECIFIED");
    } else if (!this.rights.could(right)) this.refuse("forbidden", "FORBIDDEN");
    else if (this.rights.isPaused) this.refuse("paused", "PAUSED");
    else if (this.on || this.rights.isAsking(right)) this.answer("UNSPECIFIED");
    else if (!this.pace.hasRoom(this.port.now()) || !this.rights.askToBegin(right))
      this.refuse("too-fast", "BUSY");
    else {
      this.why = "UNSPECIFIED";
      this.settle();
    }
  }

  /** The customer's press. */
  begins(): void {
    if (this.on) return;
    this.on = true;
    this.why = "UNSPECIFIED";
    this.port.report("STARTED");
  }

  declined(): void {
    this.answer("DECLINED");
  }

  /** The customer ends it. */
  end(): void {
    this.ends("ENDED_BY_CUSTOMER", "ENDED");
  }

  /** The connection is over, and each new one is told anew. */
  left(): void {
    this.ends("ENDED", "UNSPECIFIED");
    this.told = null;
  }

  /** What policy and customer do not allow any more, ends; then the console is told, where it does not know. */
  settle(): void {
    if (!this.rights.has(this.port.right)) this.ends("ENDED", "FORBIDDEN");
    const [stage, why] = this.state;
    const now = `${stage} ${why}`;
    // A console that hears nothing of it has none.
    if (this.told === null ? stage === "OFF" : this.told === now) return;
    this.told = now;
    this.port.tell(stage, why);
  }

  private ends(change: Change, why: Why): void {
    if (!this.on) return;
    this.on = false;
    this.why = why;
    this.port.report(change);
  }

  private refuse(what: string, why: Why): void {
    this.port.refuse(`${this.port.name}-${what}`);
    this.answer(why);
  }

  /** Says how it stands, also where that is as before: whoever wished waits for it. */
  private answer(why: Why): void {
    this.why = why;
    this.told = "";
    this.settle();
  }
}
