import { useEffect } from "react";
import type { Drawing } from "./drawing";
import { drawingKey, widthBeside } from "./drawing-tools";

/** Where keys mean something else. */
const ELSEWHERE = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";

/** The keys of drawing, while it is on and the page is looked at. */
export function useDrawingKeys(drawing: Drawing, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.isComposing || isElsewhere(event.target)) return;
      const key = drawingKey(event);
      if (key === null) return;
      event.preventDefault();
      const state = drawing.state.get();
      if (key.kind === "tool") drawing.choose({ tool: key.tool });
      if (key.kind === "colour") drawing.choose({ colour: key.colour });
      if (key.kind === "width") drawing.choose({ width: widthBeside(state.width, key.by) });
      if (key.kind === "undo") drawing.undo();
      if (key.kind === "clear" && !event.repeat) drawing.clear();
      if (key.kind === "leave" && !drawing.cancel()) drawing.setOn(false);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [drawing, active]);
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(ELSEWHERE) !== null;
}
