import { expect, it } from "vitest";
import { drift, EDGE_PX, follow } from "./tracking";

const span = { from: 500, whole: 3_000, seen: 1_000 };

it("S-05: the view moves just so far that the customer's pointer is well inside", () => {
  expect(follow(900, span)).toBe(0);
  expect(follow(1_480, span)).toBe(1_480 + EDGE_PX - 1_500);
  expect(follow(2_000, span)).toBe(2_000 + EDGE_PX - 1_500);
  expect(follow(510, span)).toBe(510 - EDGE_PX - 500);
  // No further than there is.
  expect(follow(2_999, span)).toBe(1_500);
  expect(follow(0, span)).toBe(-500);
  expect(follow(50, { from: 0, whole: 800, seen: 1_000 })).toBe(0);
});

it("S-05: while the operator's own pointer rests near an edge the view moves on, the faster the nearer, and stops at the end", () => {
  expect(drift(500, span, 100)).toBe(0);
  expect(drift(1_000, span, 100)).toBeCloseTo(160);
  expect(drift(1_000 - EDGE_PX / 2, span, 100)).toBeCloseTo(80);
  expect(drift(0, span, 100)).toBeCloseTo(-160);
  expect(drift(1_000, { ...span, from: 1_990 }, 100)).toBe(10);
  expect(drift(1_000, { from: 0, whole: 900, seen: 1_000 }, 100)).toBe(0);
});
