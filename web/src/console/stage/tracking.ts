/** So near to an edge, in CSS pixels, a pointer draws the view after it. */
export const EDGE_PX = 64;
/** At the edge itself the view moves so fast. */
const SPEED_PX_S = 1_600;

/** One direction of what is seen of something larger. */
export type Span = {
  /** How far it is scrolled, its whole length, and the length that is seen. */
  readonly from: number;
  readonly whole: number;
  readonly seen: number;
};

/**
 * How far the view is to move so that a place of the picture is well inside; 0: it is, or there is no more. `at`: counted from
 * the beginning of the whole.
 */
export function follow(at: number, { from, whole, seen }: Span): number {
  const edge = Math.min(EDGE_PX, seen / 4);
  const wanted = at < from + edge ? at - edge : at > from + seen - edge ? at + edge - seen : from;
  return clamp(wanted, whole - seen) - from;
}

/** How far the view moves in a moment while a pointer rests near its edge. `at`: counted from what is seen. */
export function drift(at: number, { from, whole, seen }: Span, elapsed_ms: number): number {
  const edge = Math.min(EDGE_PX, seen / 4);
  const depth = at < edge ? at - edge : at > seen - edge ? at - (seen - edge) : 0;
  const step = (Math.max(-1, Math.min(depth / edge, 1)) * SPEED_PX_S * elapsed_ms) / 1000;
  return clamp(from + step, whole - seen) - from;
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), Math.max(max, 0));
}
