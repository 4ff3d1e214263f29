import { expect, it } from "vitest";
import { changedOptions, effective, fromChoice, toChoice } from "./operator-option-rules";

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
