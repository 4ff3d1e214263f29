/**
 * How true a still picture is. `exact`: the customer's screen, pixel by pixel. `late`: exact pixels, of which some were on their way.
 * `moving`: parts that move are as the video shows them. `video`: all of it is.
 */
export type Truth = "exact" | "late" | "moving" | "video";

/** A still picture of what the console shows, at the customer's own size [F-08]. */
export type Still = { readonly canvas: HTMLCanvasElement; readonly truth: Truth };

/** Takes one; `wait_ms`: how long it may wait until that is exact. Null: nothing is shown. */
export type TakeStill = (wait_ms: number) => Promise<Still | null>;
