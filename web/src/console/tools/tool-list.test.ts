import { describe, expect, it } from "vitest";
import { rightsOf } from "../session/session-view";
import { ALL_COMMANDS } from "../toolbar/commands";
import { keyedBy } from "./keys";
import { ALL_TOOLS, toolsFor } from "./tool-list";

const keys = (code: string, given: Partial<Record<"ctrl" | "alt" | "shift" | "graph", boolean>> = {}) => {
  const { ctrl = true, alt = true, shift = false, graph = false } = given;
  return {
    code,
    ctrlKey: ctrl,
    altKey: alt,
    shiftKey: shift,
    metaKey: false,
    getModifierState: (name: string) => name === "AltGraph" && graph,
  };
};

describe("the tools", () => {
  it("that nobody allowed are not there", () => {
    expect(toolsFor(rightsOf(undefined))).toEqual([]);
    const url = { ...rightsOf(undefined), openUrls: true };
    expect(toolsFor(url).map(({ name }) => name)).toEqual(["send-url"]);
    expect(keyedBy(keys("KeyI"), toolsFor(url))).toBeNull();
  });

  it("have a key each, and only with Ctrl and Alt", () => {
    const all = [...ALL_TOOLS, ...ALL_COMMANDS];
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    for (const tool of ALL_TOOLS) expect(keyedBy(keys(`Key${tool.key}`), ALL_TOOLS)).toBe(tool);
    const others = [{ ctrl: false }, { alt: false }, { shift: true }, { graph: true }];
    for (const other of others) expect(keyedBy(keys("KeyU", other), ALL_TOOLS)).toBeNull();
  });
});
