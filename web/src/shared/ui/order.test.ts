import { expect, it } from "vitest";
import { isIdlePlace, movedBy, movedTo } from "./order";

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

it("E-2: of the places that move nothing only the one where a drag begins is offered", () => {
  const idle = (target: string, side: "before" | "after") => isIdlePlace(IDS, new Set(["b"]), target, side);
  expect([idle("b", "after"), idle("b", "before"), idle("a", "after"), idle("c", "before")]).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect([idle("a", "before"), idle("c", "after")]).toEqual([false, false]);
});
