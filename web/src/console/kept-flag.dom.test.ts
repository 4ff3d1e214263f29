import { describe, expect, it } from "vitest";
import { KeptFlag } from "./kept-flag";

describe("KeptFlag", () => {
  it("is what was last said, also after the page was loaded again", () => {
    localStorage.clear();
    const flag = new KeptFlag(localStorage, "folded", false);
    expect(flag.current.get()).toBe(false);
    flag.set(true);
    expect(flag.current.get()).toBe(true);
    expect(new KeptFlag(localStorage, "folded", false).current.get()).toBe(true);
    flag.set(false);
    expect(new KeptFlag(localStorage, "folded", true).current.get()).toBe(false);
  });

  it("holds while the page is open where the browser keeps nothing", () => {
    const refuse = () => {
      throw new DOMException("refused", "SecurityError");
    };
    const flag = new KeptFlag({ getItem: refuse, setItem: refuse }, "folded", true);
    expect(flag.current.get()).toBe(true);
    flag.set(false);
    expect(flag.current.get()).toBe(false);
  });
});
