/** What the reference shows; stands in its address. */
export type ReferenceSearch = { search?: string };

/** Reads the address of the reference. */
export function readReferenceSearch(search: Record<string, unknown>): ReferenceSearch {
  const text = search["search"];
  const given = typeof text === "string" || typeof text === "number" ? String(text) : "";
  return given === "" ? {} : { search: given };
}
