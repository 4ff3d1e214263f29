import type { ExactPicture, MotionArea, PictureDecoder } from "./decoder";
import { areaOf, cameEarly, opened, type VideoPicture } from "./motion";
import type { Surface } from "./surface";

/**
 * What is seen: the exact picture, and upon each open area of motion the pictures of the video. What was there before stays until
 * the first of them comes, and the last one until exact pixels come. The same for who looks on, and for who plays a recording.
 */
export class Composition {
  private areas: readonly MotionArea[] = [];
  private video: { readonly picture: VideoPicture; readonly source: CanvasImageSource } | null = null;

  constructor(private surface: Surface | null) {}

  get openAreas(): readonly MotionArea[] {
    return this.areas;
  }

  /** Draws on `surface` from now on. */
  drawOn(surface: Surface): void {
    this.surface = surface;
  }

  /** The decoder took in an update; true where the picture has a new size. */
  updated(decoder: PictureDecoder, picture: ExactPicture): boolean {
    const areas = decoder.areas();
    const fresh = opened(this.areas, areas);
    this.areas = areas;
    const resized = this.surface?.resize(picture) === true;
    if (resized) this.drawAll(picture);
    else this.surface?.draw(picture, decoder.changed());
    this.drawEarly(fresh);
    return resized;
  }

  /** A picture of the video is there, in `source`; the open area that it belongs to, in which it is to be drawn. */
  videoCame(picture: VideoPicture, source: CanvasImageSource): MotionArea | null {
    this.video = { picture, source };
    return areaOf(picture, this.areas);
  }

  drawVideo(source: CanvasImageSource, area: MotionArea): void {
    this.surface?.drawVideo(source, area);
  }

  /** Everything anew: also the video, as far as its last picture is known. */
  drawAll(picture: ExactPicture): void {
    const { surface, video } = this;
    if (surface === null) return;
    surface.resize(picture);
    surface.draw(picture, [{ x: 0, y: 0, width: picture.width, height: picture.height }]);
    const area = video === null ? null : areaOf(video.picture, this.areas);
    if (video !== null && area !== null) surface.drawVideo(video.source, area);
  }

  /** No area is open, and no picture of the video is known. */
  forget(): void {
    this.areas = [];
    this.video = null;
  }

  /** The picture of an area that has just opened may have come before the message that opens it. */
  private drawEarly(fresh: readonly MotionArea[]): void {
    const { video } = this;
    if (video === null) return;
    const area = fresh.find((each) => cameEarly(video.picture, each));
    if (area !== undefined) this.surface?.drawVideo(video.source, area);
  }
}
