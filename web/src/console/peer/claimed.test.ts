import { describe, expect, it } from "vitest";
import { timeText } from "../files/time-text";
import { sizeOf, timeOf } from "./claimed";

const U64_MAX = (1n << 64n) - 1n;
const TIME_MAX_MS = 8_640_000_000_000_000n;

describe("numbers that a hostile customer's app claims [F-02]", () => {
  it("are times that can be shown, or none", () => {
    expect(timeOf(TIME_MAX_MS)).toBe(Number(TIME_MAX_MS));
    for (const claimed of [TIME_MAX_MS + 1n, U64_MAX]) expect(timeOf(claimed)).toBe(0);
    for (const claimed of [0n, TIME_MAX_MS, TIME_MAX_MS + 1n, U64_MAX])
      for (const date of ["short", "medium"] as const)
        expect(() => timeText(timeOf(claimed), date, "ko")).not.toThrow();
    expect(timeText(timeOf(U64_MAX), "short", "ko")).toBe("");
  });

  it("are sizes that are counted exactly", () => {
    expect(sizeOf(7n)).toBe(7);
    expect(sizeOf(U64_MAX)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
