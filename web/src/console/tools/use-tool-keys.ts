import { useEffect } from "react";
import { type ToolEntry, toolOf } from "./tool-list";

/** Opens a tool by its keys, also while the keyboard is with the customer, who gets nothing of them. */
export function useToolKeys(
  active: boolean,
  tools: readonly ToolEntry[],
  onTool: (tool: ToolEntry) => void,
): void {
  useEffect(() => {
    if (!active) return;
    const key = (event: KeyboardEvent) => {
      const tool = toolOf(event, tools);
      if (tool === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) onTool(tool);
    };
    // Before the picture's own keys.
    window.addEventListener("keydown", key, { capture: true });
    return () => window.removeEventListener("keydown", key, { capture: true });
  }, [active, tools, onTool]);
}
