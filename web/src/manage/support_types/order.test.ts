import { expect, it } from "vitest";
import { movedBy, movedTo } from "./order";

const IDS = ["a", "b", "c", "d"];

it.each([
  [["a"], "c", "after", ["b", "c", "a", "d"]],
  [["d"], "a", "before", ["d", "a", "b", "c"]],
  [["a", "c"], "d", "after", ["b", "d", "a", "c"]],
  [["a"], "a", "before", IDS],
  [["b"], "gone", "before", IDS],
] as const)("E-2: %j goes %s %s", (moved, target, side, expected) => {
  expect(movedTo(IDS, new Set(moved), target, side)).toEqual(expected);
});

it("E-2: a place up or down, and nowhere from the end", () => {
  expect(movedBy(IDS, "b", -1)).toEqual(["b", "a", "c", "d"]);
  expect(movedBy(IDS, "b", 1)).toEqual(["a", "c", "b", "d"]);
  expect(movedBy(IDS, "d", 1)).toEqual(IDS);
});
