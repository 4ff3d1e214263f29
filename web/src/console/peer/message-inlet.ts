import { fromBinary } from "@bufbuild/protobuf";
import { type PeerMessage, PeerMessageSchema } from "../../generated/proto/beside/v1/peer_pb";

/** No message between console and customer is longer. */
const MESSAGE_MAX_BYTES = 16 * 1024;
/** Messages of a customer in a second, in the long run: an app whose pointer moves all the time sends about forty. */
export const MESSAGES_PER_S = 500;
/** So many may come at once. */
export const MESSAGES_BURST = 1_000;
/** Messages that are dropped before the sender is said to flood. */
export const DROPPED_MAX = 2_000;

const MS_PER_S = 1_000;

export type InletUser = {
  message(message: PeerMessage): void;
  /** The customer goes on sending more than is taken. */
  flooded(): void;
};

/**
 * What comes of a customer's messages: each one may make the page draw, and a page has one thread. What is too much is
 * dropped before it is read, and counted; so is what cannot be read.
 */
export class MessageInlet {
  /** Messages that could not be read, for the tests and the console's own diagnosis. */
  unreadable = 0;
  private room = MESSAGES_BURST;
  private at_ms: number;
  private dropped = 0;

  constructor(
    private readonly user: InletUser,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.at_ms = now();
  }

  receive(data: unknown): void {
    if (!this.hasRoom()) {
      this.drop();
      return;
    }
    if (!(data instanceof ArrayBuffer) || data.byteLength > MESSAGE_MAX_BYTES) {
      this.unreadable += 1;
      return;
    }
    try {
      this.user.message(fromBinary(PeerMessageSchema, new Uint8Array(data)));
    } catch {
      this.unreadable += 1;
    }
  }

  private hasRoom(): boolean {
    const now_ms = this.now();
    const passed_s = Math.max(now_ms - this.at_ms, 0) / MS_PER_S;
    this.at_ms = now_ms;
    this.room = Math.min(this.room + passed_s * MESSAGES_PER_S, MESSAGES_BURST);
    // At rest: what comes now is no part of an earlier flood.
    if (this.room === MESSAGES_BURST) this.dropped = 0;
    if (this.room < 1) return false;
    this.room -= 1;
    return true;
  }

  private drop(): void {
    this.dropped += 1;
    if (this.dropped < DROPPED_MAX) return;
    this.dropped = 0;
    this.user.flooded();
  }
}
