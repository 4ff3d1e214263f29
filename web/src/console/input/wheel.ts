/** The parts of a `WheelEvent` that count. */
export type WheelTurn = {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  /** Chromium's and Safari's own figures: ±120 a notch. */
  readonly wheelDeltaX?: number | undefined;
  readonly wheelDeltaY?: number | undefined;
};

/** Units of one notch, as wheels report them and as `beside.v1.Wheel` counts. */
export const NOTCH = 120;

const MODE_LINE = 1;
const MODE_PAGE = 2;
const LINES_PER_NOTCH = 3;
const PIXELS_PER_NOTCH = 100;

/** Counts wheel turns in 1/120 of a notch; parts of a unit wait for the next turn. */
export class WheelCounter {
  private restX = 0;
  private restY = 0;

  /** Positive y is away from the user, positive x right; null: less than one unit yet. */
  turn(event: WheelTurn): { x: number; y: number } | null {
    this.restX += units(
      event.deltaX,
      event.wheelDeltaX === undefined ? undefined : -event.wheelDeltaX,
      event.deltaMode,
    );
    this.restY -= units(
      event.deltaY,
      event.wheelDeltaY === undefined ? undefined : -event.wheelDeltaY,
      event.deltaMode,
    );
    const x = Math.trunc(this.restX);
    const y = Math.trunc(this.restY);
    if (x === 0 && y === 0) return null;
    this.restX -= x;
    this.restY -= y;
    return { x, y };
  }
}

function units(delta: number, native: number | undefined, mode: number): number {
  if (mode === MODE_LINE) return (delta * NOTCH) / LINES_PER_NOTCH;
  if (mode === MODE_PAGE) return delta * NOTCH;
  // A real wheel; a touchpad's native figure is three times its pixels and says nothing new.
  if (native !== undefined && native !== 0 && native % NOTCH === 0) return native;
  return (delta * NOTCH) / PIXELS_PER_NOTCH;
}
