import { useEffect } from "react";
import type { Session } from "../session/session";
import type { ToolEntry } from "../tools/tool-list";
import { usePart } from "../use-store";

/** Whether the operator draws; what is taken back in the middle of it ends it. */
export function useDrawing({ drawing }: Session, tools: readonly ToolEntry[]): boolean {
  const allowed = tools.some(({ name }) => name === "drawing");
  useEffect(() => {
    if (!allowed) drawing.setOn(false);
  }, [drawing, allowed]);
  return usePart(drawing.state, ({ on }) => on) && allowed;
}
