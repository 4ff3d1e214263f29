import { expect, it } from "vitest";
import { readPage } from "../../shared/paging/read-page";
import { orderOf, readOperatorSearch, sortedBy } from "./operators-search";

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

it("D-3: a click on a heading sorts by it, the next one turns it round", () => {
  const byName = sortedBy({ search: "김", search_by: "name", page: 4 }, "name");
  expect(byName).toEqual({ search: "김", search_by: "name", sort: "name" });
  expect(orderOf(byName, "name")).toBe("ascending");
  expect(orderOf(byName, "login")).toBe("none");
  const turned = sortedBy(byName, "name");
  expect(orderOf(turned, "name")).toBe("descending");
  expect(sortedBy({}, "login")).toEqual({ descending: true });
  expect(sortedBy(turned, "last_sign_in")).toMatchObject({ sort: "last_sign_in", descending: true });
});
