import type { CodecName, VideoFrame } from "../../shared/recording/piece";
import type { MediaCopy } from "../peer/media-copies";

const CODECS: Readonly<Record<string, CodecName>> = {
  "video/av1": "av1",
  "video/vp8": "vp8",
  "video/vp9": "vp9",
  "video/h264": "h264",
};

/** Longest packet of sound that the server takes (crates/protocol/src/recording). */
const OPUS_MAX_BYTES = 7_660;
/** A picture that fits into no piece is not kept. */
const PICTURE_MAX_BYTES = 4 * 1024 * 1024;
const SIDE_MAX_PX = 0xffff;

/** A copy of the video as a recording keeps it; null where it is of no kind that can be kept. */
export function pictureOf({ type, key, rtpTime, width, height, data }: MediaCopy): VideoFrame | null {
  const codec = CODECS[type];
  const fits = data.byteLength > 0 && data.byteLength <= PICTURE_MAX_BYTES;
  if (codec === undefined || !fits || width > SIDE_MAX_PX || height > SIDE_MAX_PX) return null;
  return { key, codec, rtpTime, width, height, data: new Uint8Array(data) };
}

/** A copy of what is said as a recording keeps it: one packet of Opus. */
export function soundOf({ type, data }: MediaCopy): Uint8Array | null {
  const fits = data.byteLength > 0 && data.byteLength <= OPUS_MAX_BYTES;
  return type === "audio/opus" && fits ? new Uint8Array(data) : null;
}
