import { expect, it } from "vitest";
import { codecString } from "./codec-string";
import type { CodecName } from "./piece";

/** As Chromium's encoders begin: a screen of 640 × 360 where nothing else is said. */
const cases: readonly [CodecName, readonly number[], number, number, string][] = [
  ["vp8", [0x10, 0, 0, 0x9d, 1, 0x2a], 640, 360, "vp8"],
  ["av1", [10, 10, 0, 0, 0, 0x0c, 0xc4, 0xff, 0x67, 0, 0x68, 2], 640, 360, "av01.0.01M.08"],
  // Whole colour.
  ["av1", [10, 10, 0x20, 0, 0, 0x0c, 0xc4, 0xff, 0x67, 0, 0x68, 2], 640, 360, "av01.1.01M.08"],
  ["av1", [0x32, 0], 640, 360, "av01.0.08M.08"],
  ["vp9", [0x82, 0x49, 0x83, 0x42, 0], 640, 360, "vp09.00.21.08"],
  ["vp9", [0x82, 0x49, 0x83, 0x42, 0], 1920, 1080, "vp09.00.40.08"],
  ["vp9", [0x92, 0x49, 0x83, 0x42, 0x80], 1920, 1080, "vp09.02.40.12"],
  ["vp9", [0xa2, 0x49, 0x83, 0x42, 0], 0, 0, "vp09.01.60.08"],
  ["vp9", [0xb1, 0x24, 0xc1, 0xa1, 0], 640, 360, "vp09.03.21.10"],
  ["h264", [0, 0, 0, 1, 9, 16, 0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x1f, 0xda], 640, 360, "avc1.42c01f"],
  ["h264", [0, 0, 1, 0x27, 0x64, 0, 0x33, 0], 640, 360, "avc1.640033"],
  ["h264", [0, 0, 1, 0x67], 640, 360, "avc1.640033"],
  ["h264", [], 0, 0, "avc1.640033"],
];

it.each(cases)("%s %j of %d×%d", (codec, data, width, height, expected) => {
  expect(codecString({ codec, data: Uint8Array.from(data), width, height })).toBe(expected);
});
