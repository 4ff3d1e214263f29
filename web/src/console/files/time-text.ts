/** When a file was changed; nothing where that is not known. */
export function timeText(at_ms: number, date: "short" | "medium", locale: string): string {
  if (at_ms === 0) return "";
  return new Intl.DateTimeFormat(locale, { dateStyle: date, timeStyle: "short" }).format(at_ms);
}
