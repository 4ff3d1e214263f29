import { expect, it } from "vitest";
import { Tickets } from "./ticket";

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

it("the ticket of the address is taken out of it, and a reload goes on with the one that the server gave", () => {
  const tab = memory();
  let forgotten = 0;
  const forget = () => {
    forgotten += 1;
  };
  const first = new Tickets("#abc", tab, forget);
  expect([first.get(), forgotten, tab.kept.size]).toEqual(["abc", 1, 0]);
  first.set("next");
  const again = new Tickets("", tab, forget);
  expect([again.get(), forgotten]).toEqual(["next", 1]);
  expect(new Tickets("", memory(), forget).get()).toBe("");
});

it("a new link in the same tab counts, whatever was kept", () => {
  const tab = memory();
  new Tickets("#one", tab, () => {}).set("kept");
  expect(new Tickets("#two", tab, () => {}).get()).toBe("two");
});
