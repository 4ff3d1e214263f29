/** Periods at one press, each until today. */
export const PRESETS = ["week", "month", "quarter", "half", "year", "three-years"] as const;

/** One of them. */
export type Preset = (typeof PRESETS)[number];

const MONTHS: Readonly<Record<Exclude<Preset, "week">, number>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
  "three-years": 36,
};

/** The first and the last day of a preset. `today`: `2026-11-28`. */
export function periodOf(preset: Preset, today: string): { from: string; to: string } {
  const [year = 1970, month = 1, day = 1] = today.split("-").map(Number);
  if (preset === "week") return { from: text(new Date(Date.UTC(year, month - 1, day - 6))), to: today };
  const back = MONTHS[preset];
  // A month before 31 March is the last of February, and the period begins on the day after.
  const last = new Date(Date.UTC(year, month - back, 0)).getUTCDate();
  return { from: text(new Date(Date.UTC(year, month - 1 - back, Math.min(day, last) + 1))), to: today };
}

function text(day: Date): string {
  return day.toISOString().slice(0, 10);
}
