import { expect, it } from "vitest";
import type { Favourite } from "./favourites-api";
import { errorsAt, inOrder, keyed, withEntry } from "./favourites-list";

const program = (name: string, target = "xterm"): Favourite => ({ name, kind: "program", target });

it("alike entries have keys of their own, which go with the entries", () => {
  const list = [program("a"), program("b"), program("a")];
  const entries = keyed(list);
  const ids = entries.map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(inOrder(entries, ids.toReversed()).map(({ name }) => name)).toEqual(["a", "b", "a"]);
  expect(keyed(inOrder(entries, ids.toSpliced(0, 1).concat(ids[0] ?? "")))[0]?.id).toBe(ids[1]);
});

it("an entry takes a place, or the end", () => {
  expect(withEntry([program("a"), program("b")], 0, program("c")).map(({ name }) => name)).toEqual([
    "c",
    "b",
  ]);
  expect(withEntry([program("a")], 1, program("c")).map(({ name }) => name)).toEqual(["a", "c"]);
});

it("errors of a list are read for one entry of it", () => {
  const errors = { "favourites.1.target": "no", "favourites.10.name": "other", favourites: "many" };
  expect(errorsAt(errors, 1)).toEqual({ target: "no" });
});
