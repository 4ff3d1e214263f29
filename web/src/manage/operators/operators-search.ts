import { readPage } from "../../shared/paging/read-page";

/** What the list of operators shows; stands in its address. */
export type OperatorSearch = {
  page?: number;
  search_by?: "login" | "name";
  search?: string;
};

/** Reads the address of the list; whatever is not understood is left out. */
export function readOperatorSearch(search: Record<string, unknown>): OperatorSearch {
  const { page } = readPage(search);
  const text = readText(search["search"]);
  const by = search["search_by"] === "name" ? "name" : "login";
  return {
    ...(page === undefined ? {} : { page }),
    ...(text === "" ? {} : { search_by: by, search: text }),
  };
}

// The router reads `?search=123` as a number.
function readText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
