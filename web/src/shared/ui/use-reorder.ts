import { type RefObject, useRef } from "react";
import { useDragAndDrop } from "react-aria-components";
import { isIdlePlace, movedTo } from "./order";

/** React Aria moves the focus by itself 50 ms after a drop. */
const FOCUS_AFTER_MS = 100;

type Reorder = {
  /** The rows' keys in their order. */
  ids: readonly string[];
  nameOf: (id: string) => string;
  onOrder: (ids: string[]) => void;
};

/** Puts the rows of a list into another order by dragging, with the mouse and with the keyboard. `list`: for the `GridList`. */
export function useReorder({ ids, nameOf, onOrder }: Reorder) {
  const dragged = useRef<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const { dragAndDropHooks } = useDragAndDrop({
    onDragStart: ({ keys }) => {
      dragged.current = new Set([...keys].map(String));
    },
    // A key's first press must go past the other places that leave a row where it is.
    getDropOperation: (target) => {
      if (target.type === "root" || target.dropPosition === "on") return "cancel";
      const isIdle = isIdlePlace(ids, dragged.current, String(target.key), target.dropPosition);
      return isIdle ? "cancel" : "move";
    },
    // The list is drawn anew in its order, and the focus goes with the row that was moved.
    onDragEnd: ({ keys }) => {
      const [moved] = keys;
      setTimeout(() => rowOf(list, String(moved))?.focus(), FOCUS_AFTER_MS);
    },
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": nameOf(String(key)) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === "on") return;
      onOrder(movedTo(ids, new Set([...keys].map(String)), String(target.key), target.dropPosition));
    },
  });
  return { dragAndDropHooks, list };
}

function rowOf(list: RefObject<HTMLElement | null>, id: string): HTMLElement | null {
  return list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`) ?? null;
}
