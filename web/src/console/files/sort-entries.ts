import type { Entry } from "./files";

export type Column = "name" | "size" | "modified";
export type Sorting = { readonly column: Column; readonly descending: boolean };

/** Folders first, then by what was chosen; names as people of this language order them, numbers by their value. */
export function sortEntries(
  entries: readonly Entry[],
  { column, descending }: Sorting,
  locale: string,
): Entry[] {
  const names = new Intl.Collator(locale, { numeric: true });
  const by = (a: Entry, b: Entry): number => {
    if (column === "size") return a.size_bytes - b.size_bytes;
    if (column === "modified") return a.modified_ms - b.modified_ms;
    return 0;
  };
  return [...entries].sort((a, b) => {
    const folders = Number(b.kind === "folder") - Number(a.kind === "folder");
    if (folders !== 0) return folders;
    const order = by(a, b) || names.compare(a.name, b.name);
    return descending ? -order : order;
  });
}
