import { readPage } from "../../shared/paging/read-page";

const SORTS = ["login", "name", "department", "last_sign_in"] as const;

/** What a list of operators can be sorted by. */
export type OperatorSort = (typeof SORTS)[number];

/** What the list of operators shows; stands in its address. */
export type OperatorSearch = {
  page?: number;
  search_by?: "login" | "name";
  search?: string;
  /** By ID where not given. */
  sort?: OperatorSort;
  descending?: boolean;
};

/** Reads the address of the list; whatever is not understood is left out. */
export function readOperatorSearch(search: Record<string, unknown>): OperatorSearch {
  const { page } = readPage(search);
  const text = readText(search["search"]);
  const by = search["search_by"] === "name" ? "name" : "login";
  const sort = SORTS.find((each) => each === search["sort"]);
  return {
    ...(page === undefined ? {} : { page }),
    ...(text === "" ? {} : { search_by: by, search: text }),
    ...(sort === undefined || sort === "login" ? {} : { sort }),
    ...(search["descending"] === true ? { descending: true } : {}),
  };
}

/** The search after a click on a column's heading: by it, then the other way round. The first page shows the beginning. */
export function sortedBy({ page: _, ...search }: OperatorSearch, sort: OperatorSort): OperatorSearch {
  const { sort: before = "login", descending = false, ...rest } = search;
  // The newest sign-in is what one looks for.
  const first = sort === "last_sign_in";
  const turned = before === sort ? !descending : first;
  return { ...rest, ...(sort === "login" ? {} : { sort }), ...(turned ? { descending: true } : {}) };
}

/** For `aria-sort` of a column. */
export function orderOf(search: OperatorSearch, sort: OperatorSort): "ascending" | "descending" | "none" {
  if ((search.sort ?? "login") !== sort) return "none";
  return search.descending === true ? "descending" : "ascending";
}

// The router reads `?search=123` as a number.
function readText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
