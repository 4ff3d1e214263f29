// The video that benches/picture draws, with a number in it that tells which of its pictures is seen.
import type { Picture } from "./png.ts";

/** Where it is on the desktop, pixels. */
export const VIDEO = { x: 320, y: 240, width: 640, height: 360 };
/** Its number is there as black and white squares of so many pixels. */
const [BITS, SQUARE] = [16, 16];
/** How many different pictures it draws. */
const DIFFERENT = 60;

/** The number that the video's own squares tell; nothing while one of them is neither black nor white. */
export function numberIn(picture: Picture): number | undefined {
  let number = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const [red = 128] = channels(picture.at(bit * SQUARE + SQUARE / 2, SQUARE / 2));
    if (red > 64 && red < 192) return undefined;
    if (red >= 192) number += 2 ** bit;
  }
  return number < DIFFERENT ? number : undefined;
}

/** Red, green and blue of "#rrggbb". */
export function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
