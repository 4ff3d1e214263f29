import { useSearch } from "@tanstack/react-router";

/** What a page understands of its address: the router hands over the rest of it, too. */
export function useUnderstoodSearch<Search>(read: (search: Record<string, unknown>) => Search): Search {
  return read(useSearch({ strict: false }));
}
