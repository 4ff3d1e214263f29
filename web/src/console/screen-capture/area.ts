import type { PictureRect } from "../../shared/picture/decoder";
import type { PictureSize } from "../input/pointer";

type Point = { readonly x: number; readonly y: number };
export type Side = "x" | "y" | "width" | "height";

/** All of a picture. */
export function whole({ width, height }: PictureSize): PictureRect {
  return { x: 0, y: 0, width, height };
}

/** The part between two corners, in either order: whole pixels of the picture, and at least one. */
export function between(from: Point, to: Point, size: PictureSize): PictureRect {
  const [left, right] = ends(from.x, to.x, size.width);
  const [top, bottom] = ends(from.y, to.y, size.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What of a rectangle lies within the picture; null: nothing does. */
export function within(rect: PictureRect, size: PictureSize): PictureRect | null {
  const x = Math.max(0, Math.min(rect.x, size.width));
  const y = Math.max(0, Math.min(rect.y, size.height));
  const width = Math.min(rect.x + rect.width, size.width) - x;
  const height = Math.min(rect.y + rect.height, size.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The part with one of its sides as typed, kept within the picture. What is no number changes nothing. */
export function withSide(rect: PictureRect, side: Side, typed: string, size: PictureSize): PictureRect {
  const value = Number.parseInt(typed, 10);
  if (Number.isNaN(value)) return rect;
  const across = side === "x" || side === "width";
  const most = across ? size.width : size.height;
  if (side === "width" || side === "height") {
    const start = across ? rect.x : rect.y;
    return { ...rect, [side]: clamp(value, 1, most - start) };
  }
  const start = clamp(value, 0, most - 1);
  const length = across ? "width" : "height";
  return { ...rect, [side]: start, [length]: Math.min(rect[length], most - start) };
}

function ends(one: number, other: number, most: number): [number, number] {
  const low = clamp(Math.floor(Math.min(one, other)), 0, most - 1);
  return [low, clamp(Math.ceil(Math.max(one, other)), low + 1, most)];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
