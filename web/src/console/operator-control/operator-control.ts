import {
  type ReversedState,
  ReversedState_Stage as Stage,
} from "../../generated/proto/beside/v1/signalling_pb";
import { Store } from "../../shared/session/store";
import { shown } from "../../shared/strangers-text";

/** `asked`: the customer is asked. `agreed`: the app on this computer is awaited. The last three: what became of it. */
export type ReversedStage = "asked" | "agreed" | "active" | "refused" | "ended" | "expired";

/** Where it stands that the customer controls the operator's computer, as the server tells [F-15]. */
export type ReversedView = {
  readonly stage: ReversedStage;
  /** For the app on this computer; empty once it has come. */
  readonly code: string;
  readonly codeExpiresAt_ms: number;
};

export type ReversalsPort = {
  begin(session: string): Promise<void>;
  end(session: string): Promise<void>;
};

const STAGES: Readonly<Record<Stage, ReversedStage | null>> = {
  [Stage.UNSPECIFIED]: null,
  [Stage.ASKED]: "asked",
  [Stage.AGREED]: "agreed",
  [Stage.ACTIVE]: "active",
  [Stage.REFUSED]: "refused",
  [Stage.ENDED]: "ended",
  [Stage.EXPIRED]: "expired",
};
const CODE_CHARACTERS = 6;

/** Reads it from the wire; null: it was never wished, or is of a later version. */
export function readReversed(reversed: ReversedState | undefined): ReversedView | null {
  const stage = reversed === undefined ? null : (STAGES[reversed.stage] ?? null);
  if (reversed === undefined || stage === null) return null;
  return {
    stage,
    code: shown(reversed.code, CODE_CHARACTERS),
    codeExpiresAt_ms: Number(reversed.codeExpiresAtMs),
  };
}

/** The customer is asked, or it goes on. */
export function isOpen(reversed: ReversedView | null): boolean {
  return reversed !== null && ["asked", "agreed", "active"].includes(reversed.stage);
}

/** The operator's wish that the customer controls this computer, in one session; where it stands, the session's summary says. */
export class OperatorControl {
  /** Why the last wish came to nothing; null: it did not. */
  readonly problem = new Store<unknown>(null);
  private busy = false;

  constructor(
    private readonly id: () => string,
    private readonly port: ReversalsPort,
  ) {}

  toggle(now: ReversedView | null): void {
    if (isOpen(now)) this.end();
    else this.wish(this.port.begin);
  }

  /** Withdraws the question, or ends what came of it. */
  end(): void {
    this.wish(this.port.end);
  }

  dismiss(): void {
    this.problem.set(null);
  }

  /** One at a time: a second press while the first is on its way is the same wish. */
  private wish(act: (session: string) => Promise<void>): void {
    if (this.busy) return;
    this.busy = true;
    this.problem.set(null);
    act(this.id())
      .catch((problem: unknown) => this.problem.set(problem))
      .finally(() => {
        this.busy = false;
      });
  }
}
