import { type RefObject, useEffect, useRef } from "react";
import { useStore } from "./use-store";
import { useWorkspace } from "./workspace/use-workspace";

/**
 * For the heading of one of the console's pages, which all stand side by side and of which one is shown. It takes the focus
 * when what had it is gone, or is left on a page that is shown no more, so that keyboards and screen readers start there.
 * `stage`: what else changes the page.
 */
export function useHeadingFocus(shown: boolean, stage = ""): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const tabs = useStore(useWorkspace().tabs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes with tabs and stage may have had the focus.
  useEffect(() => {
    const { current } = heading;
    if (shown && current !== null && isLost(document.activeElement, current)) {
      current.focus({ preventScroll: true });
    }
  }, [shown, tabs, stage]);
  return heading;
}

function isLost(focused: Element | null, heading: HTMLElement): boolean {
  if (focused === null || focused === document.body) return true;
  // The browser takes it from what is hidden a moment later only.
  const isOnPage = heading.closest("section")?.contains(focused) === true;
  return !isOnPage && heading.closest("main")?.contains(focused) === true;
}
