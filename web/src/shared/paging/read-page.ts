/** The number of a page; the first has none. */
export function readPage(search: Record<string, unknown>): { page?: number } {
  const page = Number(search["page"]);
  return Number.isSafeInteger(page) && page > 1 ? { page } : {};
}
