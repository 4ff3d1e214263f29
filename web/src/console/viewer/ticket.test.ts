import { expect, it } from "vitest";
import { Tickets } from "./ticket";

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it("the ticket of the address is taken out of it, and a reload goes on with the one that the server gave", () => {
  const tab = memory();
  let forgotten = 0;
  const forget = () => {
    forgotten += 1;
  };
  const first = new Tickets("#abc", tab, forget);
  expect([first.get(), forgotten]).toEqual(["abc", 1]);
  // Loaded again before the server gave another one.
  expect(new Tickets("", tab, forget).get()).toBe("abc");
  first.set("next");
  const again = new Tickets("", tab, forget);
  expect([again.get(), forgotten]).toEqual(["next", 1]);
  expect(new Tickets("", tab, forget).get()).toBe("next");
  expect(new Tickets("", memory(), forget).get()).toBe("");
});

it("a new link in the same tab counts, whatever was kept", () => {
  const tab = memory();
  new Tickets("#one", tab, () => {}).set("kept");
  expect(new Tickets("#two", tab, () => {}).get()).toBe("two");
  expect(new Tickets("", tab, () => {}).get()).toBe("two");
});
