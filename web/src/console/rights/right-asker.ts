import type { RightAnswer } from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import type { PeerMessageInit } from "../peer/input-wire";
import { type AskState, answerName, type RightName, wireRight } from "./rights";

/** A question to the customer, and what came of it. */
export type Asked = { readonly id: number; readonly right: RightName; readonly state: AskState };

type Send = (body: NonNullable<PeerMessageInit["body"]>) => boolean;

/** Long enough to be read; the record keeps it anyway. */
const ANSWER_SHOWN_MS = 8_000;

/** Asks the customer for one more right at a time. Only their answer gives it, and no time that passes. */
export class RightAsker {
  readonly asked = new Store<Asked | null>(null);
  private lastId = 0;
  private forget: (() => void) | null = null;

  constructor(
    private readonly send: Send,
    private readonly after: (delay_ms: number, task: () => void) => () => void,
  ) {}

  ask(right: RightName): void {
    if (this.asked.get()?.state === "waiting") return;
    this.lastId += 1;
    const id = this.lastId;
    if (this.send({ case: "rightRequest", value: { id, right: wireRight(right) } }))
      this.show({ id, right, state: "waiting" });
  }

  withdraw(): void {
    const asked = this.asked.get();
    if (asked?.state !== "waiting") return;
    this.send({ case: "rightWithdrawn", value: { id: asked.id } });
    this.show(null);
  }

  answered({ id, answer }: Pick<RightAnswer, "id" | "answer">): void {
    const asked = this.asked.get();
    if (asked?.id !== id || asked.state !== "waiting") return;
    this.show({ ...asked, state: answerName(answer) });
    this.forget = this.after(ANSWER_SHOWN_MS, () => this.show(null));
  }

  dismiss(): void {
    if (this.asked.get()?.state !== "waiting") this.show(null);
  }

  /** The connection is over, and the customer is asked no more. */
  interrupted(): void {
    if (this.asked.get()?.state === "waiting") this.show(null);
  }

  private show(asked: Asked | null): void {
    this.forget?.();
    this.forget = null;
    this.asked.set(asked);
  }
}
