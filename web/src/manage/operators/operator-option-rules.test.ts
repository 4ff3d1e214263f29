import { expect, it } from "vitest";
import { changedOptions, effective, fromChoice, mergedOptions, toChoice } from "./operator-option-rules";

it("§5: the operator's own value counts, else the department's", () => {
  expect(effective({ key: "text_chat", department: true, own: null })).toBe(true);
  expect(effective({ key: "text_chat", department: true, own: false })).toBe(false);
  expect(effective({ key: "text_chat", department: false, own: true })).toBe(true);
});

it("D-4: one choice returns to the default", () => {
  expect([null, undefined, true, false].map(toChoice)).toEqual(["default", "default", "on", "off"]);
  expect(fromChoice("default")).toBeNull();
  expect(fromChoice("off")).toBe(false);
});

it("only what was changed is sent", () => {
  const saved = [
    { key: "a", department: true, own: null },
    { key: "b", department: true, own: false },
  ];
  expect(changedOptions(saved, saved)).toEqual([]);
  expect(
    changedOptions(saved, [
      saved[0] ?? { key: "", department: false },
      { key: "b", department: true, own: null },
    ]),
  ).toEqual([{ key: "b", own: null }]);
});

it("what another administrator has set meanwhile is there, and what was changed here stays", () => {
  const option = (key: string, own: boolean | null) => ({ key, department: true, own });
  const read = [option("a", null), option("b", false), option("c", null)];
  const mine = [option("a", null), option("b", null), option("c", null)];
  const saved = [option("a", true), option("b", false), option("c", null)];
  expect(mergedOptions(read, mine, saved)).toEqual([option("a", true), option("b", null), option("c", null)]);
});
