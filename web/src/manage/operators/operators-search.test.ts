import { expect, it } from "vitest";
import { readPage } from "../../shared/paging/read-page";
import { readOperatorSearch } from "./operators-search";

it.each([
  [{}, {}],
  [{ page: 1 }, {}],
  [{ page: "3" }, { page: 3 }],
  [{ page: -2, search: "  " }, {}],
  [
    { search: 1004, search_by: "login" },
    { search_by: "login", search: "1004" },
  ],
  [
    { search: "김", search_by: "name", page: 2 },
    { page: 2, search_by: "name", search: "김" },
  ],
  [
    { search: "a", search_by: "password" },
    { search_by: "login", search: "a" },
  ],
])("the address %j means %j", (address, meaning) => expect(readOperatorSearch(address)).toEqual(meaning));

it("a page that is no page is the first", () => {
  expect([0, 1, 1.5, "x", Number.NaN, 1e300].map((page) => readPage({ page }))).toEqual(Array(6).fill({}));
});
