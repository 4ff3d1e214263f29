import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EventSchema } from "../../generated/proto/beside/v1/common_pb";

type EventInit = MessageInitShape<typeof EventSchema>;
export type EventKind = NonNullable<EventInit["kind"]>;

/** The most events that wait for the server; the oldest are given up first. */
const WAITING_MAX = 1_000;
/** The highest number of an event; whatever names a higher one is no count of anything. */
const SEQ_MAX = 1n << 48n;

/**
 * Events of one side that the server has not kept yet: they are sent again after each reconnection.
 *
 * INVARIANT: numbers grow by one; an event keeps its number however often it is sent.
 */
export class EventOutbox {
  private waiting: { readonly sourceSeq: bigint; readonly atMs: bigint; readonly kind: EventKind }[] = [];
  private last = 0n;

  /** `send` returns false where there is no connection now. */
  constructor(
    private readonly send: (event: EventInit) => boolean,
    private readonly now: () => number,
  ) {}

  add(kind: EventKind): void {
    this.last += 1n;
    const event = { sourceSeq: this.last, atMs: BigInt(this.now()), kind };
    this.waiting.push(event);
    if (this.waiting.length > WAITING_MAX) this.waiting.shift();
    this.send(event);
  }

  /** The server has everything up to `sourceSeq`, also of an earlier page of the same side. */
  kept(sourceSeq: bigint): void {
    if (sourceSeq > SEQ_MAX) return;
    if (sourceSeq > this.last) this.renumber(sourceSeq);
    else this.waiting = this.waiting.filter((event) => event.sourceSeq > sourceSeq);
  }

  resend(): void {
    for (const event of this.waiting) this.send(event);
  }

  /** After a reload the page began at 1 although the server knows more: what waits moves behind that. */
  private renumber(sourceSeq: bigint): void {
    this.last = sourceSeq;
    const waiting = this.waiting;
    this.waiting = [];
    for (const event of waiting) {
      this.last += 1n;
      const renumbered = { ...event, sourceSeq: this.last };
      this.waiting.push(renumbered);
      this.send(renumbered);
    }
  }
}
