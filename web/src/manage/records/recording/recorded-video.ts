import type { VideoPicture } from "../../../shared/picture/motion";
import { codecString } from "../../../shared/recording/codec-string";
import type { CodecName, VideoFrame as RecordedFrame } from "../../../shared/recording/piece";

/** A decoder that answers nothing for so long has nothing more. */
const QUIET_MS = 300;
/** More waits for the decoder only where it cannot keep up: time stands still then. */
const WAITING_MAX = 30;

/** Decodes the video of a recording by the browser's own decoder, one picture after the other. */
export class RecordedVideo {
  private decoder: VideoDecoder | null = null;
  private codec = "";
  private shown: VideoFrame | null = null;
  private waiting = 0;
  private readonly waits = new Set<() => void>();
  /** Names of what this browser cannot decode. */
  private readonly strange = new Set<string>();

  /** `show`: `source` is closed when the next one is shown. `unknown`: this browser cannot decode such video. */
  constructor(
    private readonly show: (picture: VideoPicture, source: VideoFrame) => void,
    private readonly unknown: (codec: CodecName) => void,
  ) {}

  take(frame: RecordedFrame): void {
    if (frame.key) this.prepare(frame);
    // What comes before the first that stands by itself cannot be decoded.
    if (this.decoder === null) return;
    const { rtpTime: timestamp, data } = frame;
    try {
      this.decoder.decode(new EncodedVideoChunk({ type: frame.key ? "key" : "delta", timestamp, data }));
      this.waiting += 1;
    } catch {
      this.reset();
    }
  }

  /** Another moment of the recording comes: what is being decoded is not shown. */
  reset(): void {
    if (this.decoder?.state === "configured") this.decoder.close();
    this.decoder = null;
    this.shown?.close();
    this.shown = null;
    this.waiting = 0;
    this.tell();
  }

  /** Until all that was taken is shown. */
  async settled(): Promise<void> {
    await this.until(0);
  }

  /** Until the decoder follows again. */
  async follows(): Promise<void> {
    await this.until(WAITING_MAX);
  }

  private async until(most: number): Promise<void> {
    while (this.waiting > most) {
      const before = this.waiting;
      await this.news();
      if (this.waiting === before) this.waiting = most;
    }
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      const told = () => {
        clearTimeout(timer);
        this.waits.delete(told);
        resolve();
      };
      const timer = setTimeout(told, QUIET_MS);
      this.waits.add(told);
    });
  }

  private tell(): void {
    for (const told of [...this.waits]) told();
  }

  private prepare(frame: RecordedFrame): void {
    const codec = codecString(frame);
    if (this.decoder !== null && codec === this.codec) return;
    this.reset();
    if (this.strange.has(codec)) return;
    const refuse = () => {
      this.strange.add(codec);
      this.unknown(frame.codec);
    };
    if (typeof VideoDecoder === "undefined") {
      refuse();
      return;
    }
    const decoder: VideoDecoder = new VideoDecoder({
      output: (picture) => {
        if (decoder === this.decoder) this.decoded(picture);
        else picture.close();
      },
      // A stranger's picture that cannot be decoded: the next that stands by itself begins anew.
      error: ({ name }) => {
        if (name === "NotSupportedError") refuse();
        if (decoder === this.decoder) this.reset();
      },
    });
    try {
      decoder.configure({ codec, optimizeForLatency: true });
    } catch {
      refuse();
      return;
    }
    this.codec = codec;
    this.decoder = decoder;
  }

  private decoded(picture: VideoFrame): void {
    this.waiting = Math.max(this.waiting - 1, 0);
    const before = this.shown;
    this.shown = picture;
    const { displayWidth: width, displayHeight: height, timestamp: rtpTimestamp } = picture;
    this.show({ width, height, rtpTimestamp }, picture);
    before?.close();
    this.tell();
  }
}
