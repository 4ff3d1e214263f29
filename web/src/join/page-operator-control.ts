import type { Reversed } from "../generated/proto/beside/v1/signalling_pb";
import type { ConsolePort } from "./console-port";
import type { OperatorControlView } from "./join-state";
import { Pace } from "./pace";
import type { PageRights } from "./page-rights";

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
/** So long the server keeps a ticket that opens no page, less its way here: a link that leads nowhere is worse than none. */
const LINK_MS = 115_000;
const RIGHT = "operatorControl";

/**
 * The customer sees and controls the operator's computer [F-15], as the page has it: the server asks, the customer's press allows it,
 * and another press opens it in a tab of its own. By the rules of the app (crates/session/src/customer/operator_control.rs).
 *
 * What is seen there is a session of its own: a pause, which protects this machine, leaves it alone.
 *
 * INVARIANT: there is a link only after the customer's press, and it is used once.
 */
export class PageOperatorControl {
  private stage: Stage = { kind: "off" };
  private forgetLink = () => {};
  /** The server was away when the customer ended it. */
  private endUntold = false;
  /** As `limits::OPERATOR_SCREEN_REQUESTS` within `OPERATOR_SCREEN_WINDOW`. */
  private readonly pace = new Pace(5, 60_000);

  constructor(
    private readonly port: OperatorControlPort,
    private readonly rights: PageRights,
  ) {}

  get view(): OperatorControlView | null {
    const { stage } = this;
    if (stage.kind === "ready") return { stage: "ready", address: `/viewer#${stage.ticket}` };
    return stage.kind === "opened" ? { stage: "opened" } : null;
  }

  /** What the server says; what is of a later version is skipped. */
  says({ act }: Reversed): void {
    if (act.case === "asked") this.asked();
    else if (act.case === "ticket") this.ticket(act.value);
    else if (act.case === "over") {
      this.become({ kind: "off" });
      this.rights.withdrawBegin(RIGHT);
    }
  }

  /** The customer's press below the question of it. */
  answered(allowed: boolean): void {
    this.become({ kind: allowed ? "allowed" : "off" });
    this.port.answer(allowed);
  }

  /** The customer's press on the link, which the browser follows before it is taken away. */
  opened(): void {
    this.port.after(0, () => {
      if (this.stage.kind === "ready") this.become({ kind: "opened" });
    });
  }

  /** The customer does not want it any more. */
  end(): void {
    if (this.view === null) return;
    this.become({ kind: "off" });
    this.endUntold = !this.port.answer(false);
  }

  /** The server is there again. */
  cameBack(): void {
    if (this.endUntold) this.endUntold = !this.port.answer(false);
  }

  /** What policy and customer do not allow any more, ends; so does a question that went with its connection. */
  settle(): void {
    const { kind } = this.stage;
    if (kind === "off") return;
    if (kind === "asked" ? this.rights.isToBegin(RIGHT) : this.rights.has(RIGHT)) return;
    this.become({ kind: "off" });
    this.port.answer(false);
  }

  private asked(): void {
    const { port, rights } = this;
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
      return;
    }
    this.become({ kind: "ready", ticket });
    this.forgetLink = this.port.after(LINK_MS, () => this.end());
  }

  private refuse(what: string): void {
    this.port.refuse(`operator-control-${what}`);
    this.port.answer(false);
  }

  private become(stage: Stage): void {
    this.forgetLink();
    this.forgetLink = () => {};
    this.stage = stage;
    this.port.changed();
  }
}
