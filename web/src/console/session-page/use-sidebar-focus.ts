import { type RefObject, useEffect, useRef } from "react";

/**
 * Where the keyboard goes with the sidebar, as with a dialog: to what was opened there, and back to where it was before once
 * that is closed. `opened`: counts up each time the operator opens something; what opens by itself takes nobody's keyboard.
 * `open`: what is shown, null while the sidebar is folded.
 */
export function useSidebarFocus(opened: number, open: string | null): RefObject<HTMLElement | null> {
  const sidebar = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const { current } = sidebar;
    if (opened === 0 || current === null) return;
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused !== document.body && !current.contains(focused)) {
      before.current = focused;
    }
    // A tab that is new is in the page a moment later only.
    const frame = requestAnimationFrame(() => entrance(current)?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [opened]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is closed may have had the focus.
  useEffect(() => {
    const { current } = sidebar;
    if (current === null || opened === 0 || !isLost(document.activeElement, current)) return;
    const back = [
      before.current,
      current.querySelector<HTMLElement>(TAB),
      current.querySelector<HTMLElement>("button"),
    ];
    back.find((each) => each !== null && isSeen(each))?.focus({ preventScroll: true });
  }, [open]);
  return sidebar;
}

const TAB = '[role="tab"][aria-selected="true"]';
/** Chat and record, which are there all the time. */
const WRITTEN = ["textarea", "input", "button"].map((each) => `[data-written] ${each}`).join();

/** The first field of what is written here; of a tool its tab, from where Tab goes on into it. */
function entrance(sidebar: HTMLElement): HTMLElement | null {
  return (
    [...sidebar.querySelectorAll<HTMLElement>(WRITTEN)].find(isSeen) ??
    sidebar.querySelector<HTMLElement>(TAB)
  );
}

function isLost(focused: Element | null, sidebar: HTMLElement): boolean {
  if (focused === null || focused === document.body) return true;
  return sidebar.contains(focused) && focused instanceof HTMLElement && !isSeen(focused);
}

function isSeen(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}
