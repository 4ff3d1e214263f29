import { useEffect, useRef } from "react";
import type { Direction, TransferQueue } from "./queue";

/** A folder of many small files is read again so often, and not for each of them. */
const EVERY_MS = 400;

/** Calls `look` soon after files have gone this way. */
export function useDone(queue: TransferQueue, direction: Direction, look: () => void): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let seen = queue.done(direction);
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = queue.jobs.subscribe(() => {
      if (timer !== null || queue.done(direction) === seen) return;
      timer = setTimeout(() => {
        timer = null;
        seen = queue.done(direction);
        latest.current();
      }, EVERY_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queue, direction]);
}
