import { readAv1Sequence } from "./av1-sequence";
import { Bits } from "./bits";
import type { VideoFrame } from "./piece";

/** Largest pictures of VP9's levels 1.0 to 6.0, pixels (VP9 levels, "Max luma picture size"); the picture itself does not say its own. */
const VP9_LEVELS = [
  [36_864, "10"],
  [73_728, "11"],
  [122_880, "20"],
  [245_760, "21"],
  [552_960, "30"],
  [983_040, "31"],
  [2_228_224, "40"],
  [8_912_896, "50"],
] as const;
const VP9_HIGHEST = "60";
const H264_PARAMETERS = 7;

/**
 * A codec's name as WebCodecs wants it, of a picture that stands by itself: profile and level are the stream's own. What comes out of
 * a call as AV1 has eight bits a channel.
 *
 * Source: WebCodecs codec registry; AV1 in ISO-BMFF §5, VP9 in ISO-BMFF "Codecs Parameter String", RFC 6381 §3.3.
 */
export function codecString(frame: Pick<VideoFrame, "codec" | "data" | "width" | "height">): string {
  switch (frame.codec) {
    case "av1":
      return av1(frame.data);
    case "vp8":
      return "vp8";
    case "vp9":
      return vp9(frame.data, frame.width * frame.height);
    case "h264":
      return h264(frame.data);
  }
}

function av1(data: Uint8Array): string {
  const { profile, level, isHigh } = readAv1Sequence(data) ?? { profile: 0, level: 8, isHigh: false };
  return `av01.${profile}.${two(level, 10)}${isHigh ? "H" : "M"}.08`;
}

/** The uncompressed header (VP9 bitstream specification §6.2); a size that nobody knew counts as large. */
function vp9(data: Uint8Array, pixels: number): string {
  const bits = new Bits(data);
  bits.take(2);
  const [low, high] = [bits.take(1), bits.take(1)];
  const profile = high * 2 + low;
  if (profile === 3) bits.take(1);
  // What kind of picture it is, and three bytes that are always the same.
  bits.take(4 + 24);
  const depth = profile < 2 ? "08" : bits.take(1) === 1 ? "12" : "10";
  const [, level] = VP9_LEVELS.find(([most]) => pixels > 0 && pixels <= most) ?? [0, VP9_HIGHEST];
  return `vp09.0${profile}.${level}.${depth}`;
}

/** The sequence parameters behind their start code (H.264 §7.3.2.1.1, annex B): profile, what it keeps to, and level. */
function h264(data: Uint8Array): string {
  for (let at = 0; at + 6 < data.byteLength; at += 1) {
    const begins = data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 1;
    if (begins && ((data[at + 3] ?? 0) & 31) === H264_PARAMETERS)
      return `avc1.${[...data.subarray(at + 4, at + 7)].map((byte) => two(byte, 16)).join("")}`;
  }
  return "avc1.640033";
}

function two(value: number, base: 10 | 16): string {
  return value.toString(base).padStart(2, "0");
}
