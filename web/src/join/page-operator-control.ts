import type { Reversed } from "../generated/proto/beside/v1/signalling_pb";
import type { ConsolePort } from "./console-port";
import type { OperatorControlView } from "./join-state";
import { Pace } from "./pace";
import type { PageRights } from "./page-rights";
import { READY_AFTER_MS } from "./turns";

type OperatorControlPort = Pick<ConsolePort, "now" | "after" | "refuse"> & {
  /** The operator's console is there. */
  connected(): boolean;
  /** To the server; false where that is away. */
  answer(allowed: boolean): boolean;
  changed(): void;
};

/** `asked`: the question stands. `allowed`: the customer pressed Allow, and the ticket is on its way. */
type Stage = { readonly kind: "off" } | { readonly kind: "asked" } | { readonly kind: "allowed" } | Shown;
type Shown = { readonly kind: "ready"; readonly ticket: string } | { readonly kind: "opened" };

/** As `limits::VIEWER_TICKET_CHARS`. It becomes a part of an address. */
const TICKET = /^[A-Za-z0-9_-]{1,64}$/;
/** So long the server keeps a ticket that opens no page, less its way here: a button that leads nowhere is worse than none. */
const TICKET_MS = 115_000;
const RIGHT = "operatorControl";

/**
 * The customer sees and controls the operator's computer [F-15], as the page has it: the server asks, the customer's press allows it,
 * and another press opens it in a tab of its own. By the rules of the app (crates/session/src/customer/operator_control.rs).
 *
 * What is seen there is a session of its own: a pause, which protects this machine, leaves it alone.
 *
 * INVARIANT: it is opened by a press alone, after the one that allowed it, and once. The ticket stands in no link, whose address a
 * browser would show in the picture that the operator sees.
 */
export class PageOperatorControl {
  private stage: Stage = { kind: "off" };
  private forgetTicket = () => {};
  private since_ms = 0;
  /** The customer ended it, and the server has not said that it is over: it may not have heard. */
  private ending = false;
  /** As `limits::OPERATOR_SCREEN_REQUESTS` within `OPERATOR_SCREEN_WINDOW`. */
  private readonly pace = new Pace(5, 60_000);

  constructor(
    private readonly port: OperatorControlPort,
    private readonly rights: PageRights,
  ) {}

  get view(): OperatorControlView | null {
    const { stage } = this;
    return stage.kind === "ready" || stage.kind === "opened" ? { stage: stage.kind } : null;
  }

  /** What the server says; what is of a later version is skipped. */
  says({ act }: Reversed): void {
    if (act.case === "asked") this.asked();
    else if (act.case === "ticket") this.ticket(act.value);
    else if (act.case === "over") {
      this.ending = false;
      this.become({ kind: "off" });
      this.rights.withdrawBegin(RIGHT);
    }
  }

  /** The customer's press below the question of it. */
  answered(allowed: boolean): void {
    this.become({ kind: allowed ? "allowed" : "off" });
    this.port.answer(allowed);
  }

  /** The customer's press that opens it: where it is, once; null for a press that came too soon to be meant. */
  open(): string | null {
    const { stage } = this;
    if (stage.kind !== "ready" || !this.stood()) return null;
    this.become({ kind: "opened" });
    return `/viewer#${stage.ticket}`;
  }

  /** The customer's press: they do not want it any more. */
  end(): void {
    if (this.view !== null && this.stood()) this.ends();
  }

  /** The server is there again. It says what it asks, or that it is over; a ticket that was on its way is lost. */
  cameBack(): void {
    if (this.stage.kind === "allowed") this.become({ kind: "off" });
    else if (!this.ending) return;
    this.ending = true;
    this.port.answer(false);
  }

  /** What policy and customer do not allow any more, ends; so does a question that went with its connection. */
  settle(): void {
    const { kind } = this.stage;
    if (kind === "off") return;
    if (kind === "asked" ? this.rights.isToBegin(RIGHT) : this.rights.has(RIGHT)) return;
    this.ends();
  }

  private ends(): void {
    this.ending = this.stage.kind !== "asked";
    this.become({ kind: "off" });
    this.port.answer(false);
  }

  private stood(): boolean {
    return this.port.now() - this.since_ms >= READY_AFTER_MS;
  }

  private asked(): void {
    const { port, rights } = this;
    this.ending = false;
    // Asked again after a lost link, the question that stands is the one; and without a connection nobody can be asked.
    if (rights.isToBegin(RIGHT)) return;
    if (!port.connected()) port.answer(false);
    else if (!rights.could(RIGHT)) this.refuse("forbidden");
    else if (rights.isPaused) this.refuse("paused");
    else if (!this.pace.hasRoom(port.now()) || !rights.askToBegin(RIGHT)) this.refuse("too-fast");
    else this.become({ kind: "asked" });
  }

  private ticket(ticket: string): void {
    if (this.stage.kind !== "allowed" || !TICKET.test(ticket)) {
      this.port.refuse("server-out-of-order");
      // An Allow that crossed the end of its question was taken for that of the next one, which nobody has allowed.
      if (this.stage.kind === "asked") this.rights.withdrawBegin(RIGHT);
      return;
    }
    this.become({ kind: "ready", ticket });
    this.forgetTicket = this.port.after(TICKET_MS, () => this.ends());
  }

  private refuse(what: string): void {
    this.port.refuse(`operator-control-${what}`);
    this.port.answer(false);
  }

  private become(stage: Stage): void {
    this.forgetTicket();
    this.forgetTicket = () => {};
    this.stage = stage;
    this.since_ms = this.port.now();
    this.port.changed();
  }
}
