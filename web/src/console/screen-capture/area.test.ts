import { describe, expect, it } from "vitest";
import { between, within, withSide } from "./area";

const SIZE = { width: 100, height: 50 };

describe("the part of a picture", () => {
  it.each([
    [
      { x: 10.4, y: 5.9 },
      { x: 20.1, y: 8 },
      { x: 10, y: 5, width: 11, height: 3 },
    ],
    [
      { x: 20, y: 8 },
      { x: 10, y: 5 },
      { x: 10, y: 5, width: 10, height: 3 },
    ],
    [
      { x: 30, y: 30 },
      { x: 30, y: 30 },
      { x: 30, y: 30, width: 1, height: 1 },
    ],
    [
      { x: -9, y: 40 },
      { x: 400, y: 90 },
      { x: 0, y: 40, width: 100, height: 10 },
    ],
    [
      { x: 300, y: 300 },
      { x: 400, y: 400 },
      { x: 99, y: 49, width: 1, height: 1 },
    ],
  ])("lies between two corners: %o %o", (from, to, expected) => {
    expect(between(from, to, SIZE)).toEqual(expected);
  });

  it.each([
    ["x", "90", { x: 90, y: 5, width: 10, height: 20 }],
    ["x", "400", { x: 99, y: 5, width: 1, height: 20 }],
    ["width", "400", { x: 10, y: 5, width: 90, height: 20 }],
    ["height", "0", { x: 10, y: 5, width: 30, height: 1 }],
    ["y", "", { x: 10, y: 5, width: 30, height: 20 }],
  ] as const)("takes what is typed for its %s: %s", (side, typed, expected) => {
    expect(withSide({ x: 10, y: 5, width: 30, height: 20 }, side, typed, SIZE)).toEqual(expected);
  });

  it("of a display that a stranger tells of is what lies in the picture", () => {
    expect(within({ x: -50, y: 0, width: 100, height: 50 }, SIZE)).toEqual({
      x: 0,
      y: 0,
      width: 50,
      height: 50,
    });
    expect(within({ x: 100, y: 0, width: 10, height: 10 }, SIZE)).toBeNull();
  });
});
