import { type ReactNode, useDeferredValue } from "react";

/** What surrounds the picture: drawn when the page has a moment, and not before the picture's own place. */
export function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}
