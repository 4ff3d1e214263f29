import type { Translate } from "./translate";

/** A moment with date and time, in the page's language and the time zone `zone`, else the browser's. */
export function momentText(at_ms: number, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    ...inZone(zone),
  }).format(at_ms);
}

/** The time of a day; `zone` as in `momentText`. */
export function timeText(at_ms: number, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "medium", ...inZone(zone) }).format(at_ms);
}

/** A duration as `1분 57초`; hours only where there are any. */
export function durationText(duration_s: number, t: Translate): string {
  const whole_s = Math.max(0, Math.floor(duration_s));
  const seconds = whole_s % 60;
  const minutes = Math.floor(whole_s / 60) % 60;
  const hours = Math.floor(whole_s / 3600);
  if (hours > 0) return t("shared-duration-hours", { hours, minutes, seconds });
  return minutes > 0
    ? t("shared-duration-minutes", { minutes, seconds })
    : t("shared-duration-seconds", { seconds });
}

/** A size in the largest unit that keeps it above 1. */
export function sizeText(size_bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let size = size_bytes;
  let unit: (typeof units)[number] = "byte";
  for (const larger of units.slice(1)) {
    if (size < 1000) break;
    size /= 1000;
    unit = larger;
  }
  // In short English has one byte and two byte.
  const unitDisplay = unit === "byte" ? "long" : "short";
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 }).format(
    size,
  );
}

/** A day; `zone` as in `momentText`. */
export function dayText(at_ms: number, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", ...inZone(zone) }).format(at_ms);
}

/** The day on which a moment falls by the clock of a time zone, as addresses have it: `2026-11-01`. */
export function dayIn(zone: string, at_ms: number): string {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  // Swedes write days so.
  return new Intl.DateTimeFormat("sv-SE", { ...day, timeZone: zone }).format(at_ms);
}

function inZone(zone: string | undefined): { timeZone?: string } {
  return zone === undefined ? {} : { timeZone: zone };
}
