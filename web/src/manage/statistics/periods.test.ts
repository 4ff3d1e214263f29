import { expect, it } from "vitest";
import { periodOf } from "./periods";

it.each([
  ["week", "2026-03-03", "2026-02-25"],
  ["month", "2026-11-28", "2026-10-29"],
  ["month", "2026-03-31", "2026-03-01"],
  ["quarter", "2026-02-28", "2025-11-29"],
  ["half", "2026-08-31", "2026-03-01"],
  ["year", "2024-02-29", "2023-03-01"],
  ["three-years", "2026-11-28", "2023-11-29"],
] as const)("a %s until %s begins on %s", (preset, today, from) => {
  expect(periodOf(preset, today)).toEqual({ from, to: today });
});
