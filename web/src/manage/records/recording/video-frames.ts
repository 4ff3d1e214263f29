import type { VideoFrame as Frame } from "../../../shared/recording/piece";

const CODECS: Readonly<Record<Frame["codec"], readonly string[]>> = {
  // Main profile, and High with whole colour (4:4:4): a key picture does not say in advance which it is.
  av1: ["av01.1.12M.08", "av01.0.12M.08"],
  vp8: ["vp8"],
  vp9: ["vp09.00.41.08"],
  h264: ["avc1.42E02A"],
};
/** WebCodecs counts in microseconds, RTP video in 90 of a millisecond; the numbers only have to differ. */
const STEP_US = 1_000;

/** Decodes the video of a recording with the browser's own decoder; what it cannot decode is not shown. */
export class VideoFrames {
  private decoder: VideoDecoder | null = null;
  private codec: Frame["codec"] | null = null;
  private readonly rtpTimes = new Map<number, number>();
  private number = 0;

  constructor(private readonly show: (rtpTime: number, frame: VideoFrame) => void) {}

  add(frame: Frame): void {
    if (typeof VideoDecoder === "undefined") return;
    if (frame.key && (this.decoder === null || this.codec !== frame.codec)) this.begin(frame);
    const { decoder } = this;
    // From the next picture on that stands by itself.
    if (decoder === null || decoder.state !== "configured") return;
    this.number += 1;
    const timestamp = this.number * STEP_US;
    this.rtpTimes.set(timestamp, frame.rtpTime);
    const type = frame.key ? "key" : "delta";
    decoder.decode(new EncodedVideoChunk({ type, timestamp, data: frame.data }));
  }

  /** What comes next does not follow. */
  reset(): void {
    this.close();
  }

  close(): void {
    if (this.decoder !== null && this.decoder.state !== "closed") this.decoder.close();
    this.decoder = null;
    this.codec = null;
    this.rtpTimes.clear();
  }

  private begin(frame: Frame): void {
    this.close();
    const decoder = new VideoDecoder({
      output: (picture) => {
        const rtpTime = this.rtpTimes.get(picture.timestamp);
        this.rtpTimes.delete(picture.timestamp);
        if (rtpTime !== undefined && decoder === this.decoder) this.show(rtpTime, picture);
        picture.close();
      },
      error: () => {
        if (decoder === this.decoder) this.decoder = null;
      },
    });
    this.decoder = decoder;
    this.codec = frame.codec;
    const wholeColour = frame.codec === "av1" && isProfile1(frame.data);
    const names = CODECS[frame.codec];
    decoder.configure({ codec: (wholeColour ? names[0] : names.at(-1)) ?? "", optimizeForLatency: true });
  }
}

/** Whether a key picture of AV1 has whole colour: its sequence header's profile (AV1 specification, 5.5.1: the first 3 bits). */
function isProfile1(data: Uint8Array): boolean {
  let at = 0;
  while (at < data.byteLength) {
    const header = data[at] ?? 0;
    const type = (header >> 3) & 15;
    const extended = (header & 4) !== 0 ? 1 : 0;
    if ((header & 2) === 0) return type === 1 && (data[at + 1 + extended] ?? 0) >> 5 === 1;
    let size = 0;
    let length = 0;
    for (; length < 8; length += 1) {
      const byte = data[at + 1 + extended + length] ?? 0;
      size += (byte & 127) * 2 ** (7 * length);
      if (byte < 128) break;
    }
    const body = at + 2 + extended + length;
    if (type === 1) return (data[body] ?? 0) >> 5 === 1;
    at = body + size;
  }
  return false;
}
