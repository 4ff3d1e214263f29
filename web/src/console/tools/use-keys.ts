import { useEffect } from "react";
import { type Keyed, keyedBy } from "./keys";

/** Does what these keys mean, also while the keyboard is with the customer, who gets nothing of them. */
export function useKeys<K extends Keyed>(
  active: boolean,
  keyed: readonly K[],
  onKeys: (what: K) => void,
): void {
  useEffect(() => {
    if (!active) return;
    const key = (event: KeyboardEvent) => {
      const what = keyedBy(event, keyed);
      if (what === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) onKeys(what);
    };
    // Before the picture's own keys.
    window.addEventListener("keydown", key, { capture: true });
    return () => window.removeEventListener("keydown", key, { capture: true });
  }, [active, keyed, onKeys]);
}
