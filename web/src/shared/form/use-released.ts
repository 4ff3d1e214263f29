import { useCallback, useEffect, useRef } from "react";

/** Runs what it is given when no button of the mouse is down: at once, or after the click that the one which is down becomes. */
export function useReleased(): (act: () => void) => void {
  const isDown = useRef(false);
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    const press = () => {
      isDown.current = true;
    };
    const release = () => {
      isDown.current = false;
      const acts = waiting.current.splice(0);
      // The click comes after the release and in the same task.
      setTimeout(() => {
        for (const act of acts) act();
      });
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener("pointerdown", press, { capture: true, signal });
    for (const end of ["pointerup", "pointercancel", "dragend"]) {
      addEventListener(end, release, { capture: true, signal });
    }
    return () => listening.abort();
  }, []);
  return useCallback((act) => {
    if (isDown.current) waiting.current.push(act);
    else act();
  }, []);
}
