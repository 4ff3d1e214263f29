import type { Translate } from "../../shared/i18n/translate";
import type { StatisticsKind } from "./kinds";
import type { Statistics, StatisticsRow } from "./statistics-api";

type Texts = { t: Translate; locale: string };

/** What a row is of, for people. */
export function rowText(kind: StatisticsKind, row: StatisticsRow, { t, locale }: Texts): string {
  switch (kind) {
    case "by-month":
      return dayText(`${row.key}-01`, locale, { year: "numeric", month: "long" });
    case "by-day":
      return dayText(row.key, locale, { dateStyle: "medium" });
    case "by-hour":
      return `${hourText(Number(row.key))}–${hourText(Number(row.key) + 1)}`;
    case "by-operator":
      return row.login ?? row.key;
    case "by-duration":
      return lengthText(row.key, t);
    case "by-os":
      return row.key === "" ? t("manage-statistics-none") : row.key;
    default:
      return row.name ?? t("manage-statistics-none");
  }
}

/** The days that were counted. */
export function periodText(from: string, to: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return from === to
    ? format.format(Date.parse(from))
    : `${format.format(Date.parse(from))} – ${format.format(Date.parse(to))}`;
}

/** A share as the file has it too. */
export function shareText(per_mille: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(per_mille / 1000);
}

/** What changed since the period before, as a number and per cent; a dash where there was nothing to compare with. */
export function changeText(
  row: Pick<Statistics, "supports" | "before"> | StatisticsRow,
  texts: Texts,
): string {
  const { t, locale } = texts;
  const before = row.before?.supports;
  if (before === undefined || before === 0) return t("shared-none");
  const signed = { signDisplay: "exceptZero" } as const;
  const change = row.supports - before;
  const difference = new Intl.NumberFormat(locale, signed).format(change);
  const percent = new Intl.NumberFormat(locale, { ...signed, style: "percent", maximumFractionDigits: 1 });
  return t("manage-statistics-change", { difference, percent: percent.format(change / before) });
}

/** The mean of the ratings; a dash where nobody rated. */
export function ratingText(ratings: readonly number[], { t, locale }: Texts): string {
  const rated = ratings.reduce((sum, count) => sum + count, 0);
  if (rated === 0) return t("shared-none");
  const points = ratings.reduce((sum, count, at) => sum + count * (at + 1), 0);
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    points / rated,
  );
}

function dayText(day: string, locale: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: "UTC" }).format(Date.parse(day));
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

function lengthText(key: string, t: Translate): string {
  const [from = "", to] = key.split("-");
  if (to === undefined) return t("manage-statistics-length-over", { from });
  return from === "0"
    ? t("manage-statistics-length-under", { to })
    : t("manage-statistics-length", { from, to });
}
