import type { PictureSize } from "../input/pointer";
import type { DisplayInfo } from "../partial-share/part-now";

/** A rectangle of the customer's picture, in its pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** What of the picture shows this monitor; null: nothing of it, whatever the customer's side says. */
export function monitorArea(display: DisplayInfo, picture: PictureSize): Area | null {
  const left = Math.max(display.x, 0);
  const top = Math.max(display.y, 0);
  const width = Math.min(display.x + display.width, picture.width) - left;
  const height = Math.min(display.y + display.height, picture.height) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}

/** Where a part of the picture stands on the page, in CSS pixels: the whole picture behind a hole of the part's size. */
export type Crop = { readonly left: number; readonly top: number } & PictureSize;

/** `shown`: the size at which the part is shown. */
export function cropOf(area: Area, shown: PictureSize): Crop {
  const scale = shown.width / area.width;
  return { left: area.x * scale, top: area.y * scale, ...shown };
}

/** The size of the whole picture where a part of it is shown at this size. */
export function wholeSize(area: Area, shown: PictureSize, picture: PictureSize): PictureSize {
  const scale = shown.width / area.width;
  return { width: picture.width * scale, height: picture.height * scale };
}
