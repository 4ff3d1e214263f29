import type { InputEvent, Point } from "./input-event";

/** One input event with its numbers, as `beside.v1.Input` carries it. */
export type NumberedInput =
  | { readonly number: bigint; readonly event: InputEvent }
  | { readonly number: bigint; readonly moveNumber: bigint; readonly move: Point };

export type SenderPort = {
  /** The reliable, ordered channel. */
  sendControl(input: NumberedInput): void;
  /** The unordered channel without retransmission. */
  sendPointer(input: NumberedInput): void;
  /** Runs `task` once after `delay_ms`; returns how to forget it. */
  after(delay_ms: number, task: () => void): () => void;
};

/**
 * A lost packet of the reliable channel waits 0.4–1 s for its retransmission; the repeat on the other channel
 * arrives long before (design, The session 4).
 */
export const REPEAT_AFTER_MS = 30;
/** Moves are sent at most this often; the newest position wins. */
export const MOVE_INTERVAL_MS = 8;
/** Text of one frame goes in one message; nobody sees a delay below a display interval. */
export const TEXT_BATCH_MS = 12;

/**
 * Numbers input events and sends each the way that its kind needs.
 *
 * INVARIANT: numbers grow by one in the order of `send`; text that waits for its batch goes before whatever follows.
 */
export class InputSender {
  private number = 0n;
  private moveNumber = 0n;
  private text = "";
  private forgetText: (() => void) | null = null;
  private waitingMove: Point | null = null;
  private forgetMove: (() => void) | null = null;
  private closed = false;

  constructor(private readonly port: SenderPort) {}

  send(event: InputEvent): void {
    if (this.closed) return;
    if (event.kind === "text") {
      this.addText(event.text);
      return;
    }
    this.flushText();
    // The event says where it happened, so an older move that still waits is worth nothing.
    if (event.kind === "button" || event.kind === "wheel") this.waitingMove = null;
    this.sendNumbered(event);
  }

  move(at: Point): void {
    if (this.closed) return;
    if (this.forgetMove !== null) {
      this.waitingMove = at;
      return;
    }
    this.sendMove(at);
  }

  /** Sends what waits and forgets every repeat. */
  close(): void {
    this.flushText();
    this.closed = true;
    this.forgetMove?.();
    this.forgetMove = null;
    this.waitingMove = null;
  }

  private addText(text: string): void {
    if (this.text.length + text.length > 1024) this.flushText();
    this.text += text;
    this.forgetText ??= this.port.after(TEXT_BATCH_MS, () => this.flushText());
  }

  private flushText(): void {
    this.forgetText?.();
    this.forgetText = null;
    if (this.text.length === 0) return;
    const text = this.text;
    this.text = "";
    this.sendNumbered({ kind: "text", text });
  }

  private sendNumbered(event: InputEvent): void {
    this.number += 1n;
    const input = { number: this.number, event };
    this.port.sendControl(input);
    this.port.sendPointer(input);
    this.port.after(REPEAT_AFTER_MS, () => {
      if (!this.closed) this.port.sendPointer(input);
    });
  }

  private sendMove(at: Point): void {
    this.moveNumber += 1n;
    const input = { number: this.number, moveNumber: this.moveNumber, move: at };
    this.port.sendPointer(input);
    this.forgetMove = this.port.after(MOVE_INTERVAL_MS, () => this.afterMove(input));
  }

  private afterMove(sent: NumberedInput): void {
    this.forgetMove = null;
    const next = this.waitingMove;
    this.waitingMove = null;
    if (next !== null) {
      this.sendMove(next);
      return;
    }
    // The last move of a gesture has no successor that would make up for its loss.
    this.port.after(REPEAT_AFTER_MS, () => {
      if (!this.closed && this.forgetMove === null) this.port.sendPointer(sent);
    });
  }
}
