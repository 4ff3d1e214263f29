import type { MotionArea } from "./decoder";

/** What a picture of the video tells of itself. `rtpTimestamp`: null where the browser does not give it. */
export type VideoPicture = {
  readonly width: number;
  readonly height: number;
  readonly rtpTimestamp: number | null;
};

/** So many of the lowest bits of an RTP timestamp name the area: id & 15. */
const ID_MASK = 15;

/**
 * The open area to which a picture belongs; null where it has been closed, or is not open yet.
 *
 * The customer app puts the area's id into the timestamp of each picture. Without it the size has to tell: the video is
 * encoded at the size of its area.
 */
export function areaOf(picture: VideoPicture, open: readonly MotionArea[]): MotionArea | null {
  const { rtpTimestamp } = picture;
  const belongs = (area: MotionArea) =>
    rtpTimestamp === null ? hasSizeOf(picture, area) : (rtpTimestamp & ID_MASK) === (area.id & ID_MASK);
  return open.find(belongs) ?? null;
}

/**
 * Whether a picture that came before its area opened is that area's: the track may be faster than the channel. Its size
 * must fit as well, since the numbers of areas come around again.
 */
export function cameEarly(picture: VideoPicture, area: MotionArea): boolean {
  return picture.rtpTimestamp !== null && hasSizeOf(picture, area) && areaOf(picture, [area]) !== null;
}

/** The areas of `now` that were not there before. */
export function opened(before: readonly MotionArea[], now: readonly MotionArea[]): MotionArea[] {
  return now.filter((area) => !before.some((other) => isSame(area, other)));
}

function isSame(a: MotionArea, b: MotionArea): boolean {
  return a.id === b.id && a.x === b.x && a.y === b.y && hasSizeOf(a, b);
}

type Size = { readonly width: number; readonly height: number };

function hasSizeOf(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
