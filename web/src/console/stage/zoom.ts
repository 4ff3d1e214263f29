import type { PictureSize } from "../input/pointer";

/** `fit`: the whole picture is seen. `original`: one pixel of the customer is one of the operator's display. */
export const zooms = ["fit", "original"] as const;

export type Zoom = (typeof zooms)[number];

/** The picture's size on the page, in CSS pixels. */
export function shownSize(
  zoom: Zoom,
  picture: PictureSize,
  room: PictureSize,
  pixelRatio: number,
): PictureSize {
  if (picture.width <= 0 || picture.height <= 0) return { width: 0, height: 0 };
  const original = 1 / pixelRatio;
  const fit = Math.min(room.width / picture.width, room.height / picture.height);
  const scale = zoom === "original" ? original : Math.max(fit, 0);
  // Whole device pixels: a picture at a broken size would be blurred throughout.
  const whole = (length: number) => Math.round(length * scale * pixelRatio) / pixelRatio;
  return { width: whole(picture.width), height: whole(picture.height) };
}
