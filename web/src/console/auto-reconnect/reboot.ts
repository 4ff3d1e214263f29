import type { RebootState } from "../../generated/proto/beside/v1/peer_pb";
import {
  RebootRequest_Act as Act,
  RebootState_State as State,
} from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import type { PeerMessageInit } from "../peer/input-wire";

/** Where a restart of the customer's machine stands [F-03]. */
export type RebootNow =
  | { readonly kind: "asked" }
  | { readonly kind: "refused" }
  /** `since_ms`: the server keeps the session for `REBOOT_AWAY_MS` from the moment the machine goes. */
  | { readonly kind: "restarting"; readonly byHand: boolean; readonly since_ms: number }
  | { readonly kind: "returned" }
  | { readonly kind: "failed"; readonly problem: string };

type Port = {
  after(delay_ms: number, task: () => void): () => void;
  now(): number;
};

/** As `protocol::limits` has it. */
export const REBOOT_AWAY_MS = 15 * 60_000;
const NOTICE_SHOWN_MS = 8_000;

/** Asks for a restart, and waits for the machine to be back. The customer's press alone begins it. */
export class Reboot {
  readonly state = new Store<RebootNow | null>(null);
  private forget: (() => void) | null = null;

  constructor(
    private readonly send: (body: NonNullable<PeerMessageInit["body"]>) => boolean,
    private readonly port: Port,
  ) {}

  ask(safeMode: boolean): void {
    const act = safeMode ? Act.ASK_SAFE_MODE : Act.ASK;
    if (!this.send({ case: "rebootRequest", value: { act } })) this.show({ kind: "failed", problem: "lost" });
  }

  /** The operator asks no more, or a restart by hand is not awaited any more. */
  cancel(): void {
    this.send({ case: "rebootRequest", value: { act: Act.CANCEL } });
  }

  dismiss(): void {
    this.show(null);
  }

  told({ state, byHand, problem }: Pick<RebootState, "state" | "byHand" | "problem">): void {
    const next = this.nextOf(state, byHand, problem);
    if (next !== undefined) this.show(next);
  }

  private nextOf(state: State, byHand: boolean, problem: string): RebootNow | null | undefined {
    switch (state) {
      case State.ASKED:
        return { kind: "asked" };
      case State.REFUSED:
        return { kind: "refused" };
      case State.PREPARED:
        return { kind: "restarting", byHand, since_ms: this.port.now() };
      case State.RETURNED:
        return { kind: "returned" };
      case State.ENDED:
        return problem === "" ? null : { kind: "failed", problem: problem.slice(0, 64) };
      default:
        return undefined;
    }
  }

  /** The connection is over. A machine that restarts is awaited from here on. */
  interrupted(): void {
    const now = this.state.get();
    if (now?.kind === "restarting") this.state.set({ ...now, since_ms: this.port.now() });
    else if (now?.kind === "asked") this.show(null);
  }

  /** The session is over. */
  over(): void {
    this.show(null);
  }

  private show(now: RebootNow | null): void {
    this.forget?.();
    this.forget = null;
    this.state.set(now);
    if (now === null || now.kind === "asked" || now.kind === "restarting") return;
    this.forget = this.port.after(NOTICE_SHOWN_MS, () => this.show(null));
  }
}
