/**
 * What a customer app may make this page do, over time. A page has one thread for the picture and for the operator's
 * hands: a sender without limits would freeze it with a few bytes a second.
 *
 * Work is counted by the decoder (`tiles_work`) in pixels that are made, written, compared or drawn, and a picture of the
 * video by its own pixels; one takes about a nanosecond at worst. An honest app at 3840 × 2160 and 30 full pictures a second, each pixel written and drawn once and
 * compared once a second, needs 506 million.
 */
export const WORK_PX_PER_S = 640 * 1024 * 1024;
/** So many seconds' worth may come at once: what waited while the page was busy. */
export const WORK_BURST_S = 3;
/** New epochs a second: each takes memory for a whole picture. A screen that is resized by hand makes a few. */
export const EPOCHS_PER_S = 4;
/** So many may come at once. */
export const EPOCHS_BURST = 24;

const MS_PER_S = 1_000;

/** What a packet cost. */
export type Cost = { readonly work_px: number; readonly begun: boolean };

/** Two buckets that fill with time; a sender who empties one is not served any more. */
export class SenderBudget {
  private work_px = WORK_PX_PER_S * WORK_BURST_S;
  private epochs = EPOCHS_BURST;
  private at_ms: number;

  constructor(private readonly now: () => number) {
    this.at_ms = now();
  }

  /** Pays for a packet; false where the sender has asked for more than it is granted. */
  pay({ work_px, begun }: Cost): boolean {
    this.refill();
    this.work_px -= work_px;
    if (begun) this.epochs -= 1;
    return this.work_px >= 0 && this.epochs >= 0;
  }

  private refill(): void {
    const now_ms = this.now();
    const passed_s = Math.max(now_ms - this.at_ms, 0) / MS_PER_S;
    this.at_ms = now_ms;
    this.work_px = Math.min(this.work_px + passed_s * WORK_PX_PER_S, WORK_PX_PER_S * WORK_BURST_S);
    this.epochs = Math.min(this.epochs + passed_s * EPOCHS_PER_S, EPOCHS_BURST);
  }
}
