import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EventSchema } from "../../generated/proto/beside/v1/common_pb";

type EventInit = MessageInitShape<typeof EventSchema>;
export type EventKind = NonNullable<EventInit["kind"]>;

/** The most events that wait for the server; the oldest are given up first. */
const WAITING_MAX = 1_000;
/** Events sent ahead of what the server has confirmed: it reads a flood slowly, and all else of the operator's waits behind. */
const IN_FLIGHT_MAX = 64;
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
  /** How many of those that wait, from the first, went out since the last reconnection. */
  private inFlight = 0;

  /** `send` returns false where there is no connection now. */
  constructor(
    private readonly send: (event: EventInit) => boolean,
    private readonly now: () => number,
  ) {}

  add(kind: EventKind): void {
    this.last += 1n;
    const event = { sourceSeq: this.last, atMs: BigInt(this.now()), kind };
    this.waiting.push(event);
    if (this.waiting.length > WAITING_MAX) {
      this.waiting.shift();
      this.inFlight = Math.max(this.inFlight - 1, 0);
    }
    this.sendMore();
  }

  /** The server has everything up to `sourceSeq`, also of an earlier page of the same side. */
  kept(sourceSeq: bigint): void {
    if (sourceSeq > SEQ_MAX) return;
    if (sourceSeq > this.last) this.renumber(sourceSeq);
    else {
      const before = this.waiting.length;
      this.waiting = this.waiting.filter((event) => event.sourceSeq > sourceSeq);
      this.inFlight = Math.max(this.inFlight - (before - this.waiting.length), 0);
    }
    this.sendMore();
  }

  /** The server may have none of what was sent. */
  resend(): void {
    this.inFlight = 0;
    this.sendMore();
  }

  private sendMore(): void {
    while (this.inFlight < IN_FLIGHT_MAX) {
      const next = this.waiting[this.inFlight];
      if (next === undefined || !this.send(next)) return;
      this.inFlight += 1;
    }
  }

  /** After a reload the page began at 1 although the server knows more: what waits moves behind that. */
  private renumber(sourceSeq: bigint): void {
    this.last = sourceSeq;
    const waiting = this.waiting;
    this.inFlight = 0;
    this.waiting = waiting.map((event) => {
      this.last += 1n;
      return { ...event, sourceSeq: this.last };
    });
  }
}
