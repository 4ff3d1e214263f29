import type { MediaCopy, MediaOptions, MediaWish } from "./media-copies";
import { pictureWorker } from "./picture-inlet";

/** What a connection carries beside its channels: the customer's picture, and what operator and customer say. */
export type MediaLine = "video" | "said" | "heard";

/** An end of such a line: a sender or a receiver. */
type LineEnd = { transform: RTCRtpScriptTransform | null };

/**
 * Gives copies of what goes over a connection encoded, for a recording [F-13]: nothing is decoded or encoded for them.
 *
 * A browser lets what is encoded out through a worker alone, and only where that was said before the line's first picture: so all
 * of it passes through one, which copies nothing until it is told to. A browser without such a way gives no copies.
 */
export class MediaTap {
  private readonly ports = new Map<MediaLine, MessagePort>();
  private hear: (line: MediaLine, copy: MediaCopy) => void = () => {};

  /** To be called in the task that made the line. */
  watch(line: MediaLine, end: LineEnd): void {
    const worker = pictureWorker();
    if (worker === null || typeof RTCRtpScriptTransform === "undefined") return;
    const { port1, port2 } = new MessageChannel();
    const options: MediaOptions = { port: port2 };
    try {
      end.transform = new RTCRtpScriptTransform(worker, options, [port2]);
    } catch {
      port1.close();
      return;
    }
    port1.onmessage = ({ data }: MessageEvent<MediaCopy>) => this.hear(line, data);
    this.ports.set(line, port1);
  }

  onCopy(hear: (line: MediaLine, copy: MediaCopy) => void): void {
    this.hear = hear;
  }

  /** Whether there are copies from now on. */
  want(on: boolean): void {
    for (const port of this.ports.values()) port.postMessage((on ? "copies" : "none") satisfies MediaWish);
  }

  /** Asks for a picture that stands by itself. */
  wantKey(): void {
    this.ports.get("video")?.postMessage("key" satisfies MediaWish);
  }

  close(): void {
    for (const port of this.ports.values()) port.close();
    this.ports.clear();
  }
}
