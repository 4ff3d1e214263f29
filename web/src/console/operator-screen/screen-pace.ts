/** What one update carries at first, in bytes: as much as may be on its way of the customer's own picture. */
const TARGET_FIRST_BYTES = 64 * 1024;
const TARGET_MIN_BYTES = 24 * 1024;
const TARGET_MAX_BYTES = 512 * 1024;
/** A way that carries an update faster could carry a longer one; */
const QUICK_MS = 100;
/** one that takes longer holds up what the operator types meanwhile. */
const SLOW_MS = 300;
/** So often a picture is taken at most: this is for showing how something is done, and not for films. */
const EVERY_MS = 100;

/**
 * When the next update may go, and how long it may be. One is on its way at a time: what changes meanwhile is in the next one,
 * so that there is no queue of pictures, and input on the same connection waits for one update at most.
 */
export class ScreenPace {
  private target = TARGET_FIRST_BYTES;
  private sentAt_ms: number | null = null;
  private waits = false;

  get target_bytes(): number {
    return this.target;
  }

  /** Whether nothing is on its way. */
  get isFree(): boolean {
    return !this.waits;
  }

  /** How long to wait until the next picture may be taken. */
  left_ms(now_ms: number): number {
    return this.sentAt_ms === null ? 0 : Math.max(0, this.sentAt_ms + EVERY_MS - now_ms);
  }

  sent(now_ms: number): void {
    this.sentAt_ms = now_ms;
    this.waits = true;
  }

  /** The customer's window has it. */
  shown(now_ms: number): void {
    if (!this.waits || this.sentAt_ms === null) return;
    this.waits = false;
    const took_ms = now_ms - this.sentAt_ms;
    if (took_ms < QUICK_MS) this.target = Math.min(TARGET_MAX_BYTES, this.target * 2);
    else if (took_ms > SLOW_MS) this.target = Math.max(TARGET_MIN_BYTES, Math.floor(this.target / 2));
  }

  /** Nobody tells of what was on its way any more. */
  begin(): void {
    this.waits = false;
  }
}
