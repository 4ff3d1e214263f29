import { expect, it } from "vitest";
import { readAv1Sequence } from "./av1-sequence";

/** A sequence header as Chromium's encoder makes it for 640×360, and the beginning of the picture after it. */
const PICTURE = Uint8Array.of(10, 10, 0, 0, 0, 0x0c, 0xc4, 0xff, 0x67, 0, 0x68, 2, 0x32, 0xe1, 3, 0x10);

it("reads profile, level and size of the pictures that follow", () => {
  expect(readAv1Sequence(PICTURE)).toEqual({ profile: 0, level: 1, isHigh: false, width: 640, height: 360 });
  // After a temporal delimiter, and with whole colour.
  const whole = Uint8Array.of(0x12, 0, ...PICTURE);
  whole[4] = 0x20;
  expect(readAv1Sequence(whole)).toEqual({ profile: 1, level: 1, isHigh: false, width: 640, height: 360 });
});

it("finds nothing in what is cut, has a size beyond its end, or is another picture", () => {
  for (const bytes of [
    new Uint8Array(0),
    Uint8Array.of(10),
    Uint8Array.of(10, 200),
    Uint8Array.of(10, 255, 255, 255, 255, 255, 255, 255, 255, 255),
    Uint8Array.of(10, 2, 0, 0),
    Uint8Array.of(0x32, 1, 0),
    PICTURE.subarray(0, 8),
  ])
    expect(readAv1Sequence(bytes)).toBeNull();
});
