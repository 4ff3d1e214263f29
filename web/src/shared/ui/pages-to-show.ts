/** A page's number, or the gap before one. */
export type PagerEntry = { gap: false; page: number } | { gap: true; before: number };

const AROUND = 2;

/** First, last, and the pages around the current one, with gaps between. `last` ≥ 1. */
export function pagesToShow(current: number, last: number): PagerEntry[] {
  const entries: PagerEntry[] = [];
  let shown = 0;
  for (let page = 1; page <= last; page += 1) {
    const near = Math.abs(page - current) <= AROUND;
    if (page !== 1 && page !== last && !near) continue;
    // A gap that would hide one page shows that page instead: it takes the same room.
    if (page - shown === 2) entries.push({ gap: false, page: page - 1 });
    else if (page - shown > 2) entries.push({ gap: true, before: page });
    entries.push({ gap: false, page });
    shown = page;
  }
  return entries;
}
