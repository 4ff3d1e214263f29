import { expect, it } from "vitest";
import { beatenBy, groupOf, optionMessage } from "./option-rules";

it("S-07 beats S-06", () => {
  expect(beatenBy("auto_control", (key) => key === "view_only")).toBe("view_only");
  expect(beatenBy("auto_control", () => false)).toBeUndefined();
  expect(beatenBy("text_chat", () => true)).toBeUndefined();
});

it("each option stands in its table", () => {
  expect(["text_chat", "view_only", "mobile_view_only"].map(groupOf)).toEqual([
    "features",
    "behaviour",
    "mobile",
  ]);
  expect(optionMessage("consent_before_connect")).toBe("manage-option-consent-before-connect");
});
