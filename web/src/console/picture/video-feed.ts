import type { VideoPicture } from "../../shared/picture/motion";

/** Whether this browser tells of each video picture that it shows; without it there is no motion layer. */
export function tellsOfPictures(prototype: object = HTMLVideoElement.prototype): boolean {
  return "requestVideoFrameCallback" in prototype;
}

/**
 * Tells of each picture of the customer app's track, by a `<video>` that stands in the document unseen: browsers decode
 * for those alone.
 */
export class VideoFeed {
  private request: number | null = null;

  constructor(
    private readonly element: HTMLVideoElement,
    private readonly show: (picture: VideoPicture, source: CanvasImageSource) => void,
  ) {
    if (tellsOfPictures(element)) this.next();
  }

  /** The track of a new connection; null where there is none. */
  play(stream: MediaStream | null): void {
    const { element } = this;
    if (element.srcObject === stream) return;
    element.srcObject = stream;
    if (stream === null) return;
    element.play().catch(() => {
      // Taken away before it began, by the next stream or the end of the page: nothing is lost.
    });
  }

  close(): void {
    if (this.request !== null) this.element.cancelVideoFrameCallback(this.request);
    this.request = null;
    this.element.srcObject = null;
  }

  private next(): void {
    this.request = this.element.requestVideoFrameCallback((_now, { width, height, rtpTimestamp }) => {
      this.next();
      this.show({ width, height, rtpTimestamp: rtpTimestamp ?? null }, this.element);
    });
  }
}
