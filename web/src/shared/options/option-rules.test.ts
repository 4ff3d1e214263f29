import { expect, it } from "vitest";
import { type OptionRule, optionMessage, reasonOf } from "./option-rules";

const rule = (key: string, more: Partial<OptionRule> = {}): OptionRule => ({
  key,
  table: "features",
  needs: [],
  beaten_by: null,
  included_in: null,
  mobile: false,
  in_effect: true,
  ...more,
});
const RULES = [
  rule("drawing"),
  rule("two_way_drawing", { needs: ["drawing"] }),
  rule("two_way_file_transfer"),
  rule("send_file", { included_in: "two_way_file_transfer", beaten_by: "view_only" }),
  rule("fetch_file", { included_in: "two_way_file_transfer" }),
  rule("clipboard_file_transfer", { needs: ["two_way_file_transfer", "send_file", "fetch_file"] }),
  rule("auto_control", { beaten_by: "view_only" }),
  rule("mobile_support", { mobile: true }),
];

const reason = (key: string, on: string[], isMobile = true) => {
  const option = RULES.find((each) => each.key === key);
  if (option === undefined) throw new Error(key);
  return reasonOf(option, RULES, { isSet: (each) => on.includes(each), isMobile });
};

it.each([
  ["auto_control", ["view_only"], { kind: "beaten", by: "view_only" }],
  ["auto_control", [], undefined],
  ["two_way_drawing", [], { kind: "needs", by: "drawing" }],
  ["two_way_drawing", ["drawing"], undefined],
  ["send_file", ["two_way_file_transfer"], { kind: "included", by: "two_way_file_transfer" }],
  ["send_file", ["two_way_file_transfer", "view_only"], { kind: "beaten", by: "view_only" }],
  ["clipboard_file_transfer", [], { kind: "needs", by: "two_way_file_transfer" }],
  ["clipboard_file_transfer", ["fetch_file"], undefined],
  ["clipboard_file_transfer", ["send_file", "view_only"], { kind: "needs", by: "two_way_file_transfer" }],
])("§5: %s with %j on", (key, on, expected) => {
  expect(reason(key, on)).toEqual(expected);
});

it("D-1: without mobile support nothing of it counts, whatever is set", () => {
  expect(reason("mobile_support", ["mobile_support"], false)).toEqual({ kind: "no-mobile" });
  expect(reason("mobile_support", [], true)).toBeUndefined();
});

it("names of messages have no underscores", () => {
  expect(optionMessage("consent_before_connect")).toBe("manage-option-consent-before-connect");
});
