import { type RefObject, useEffect } from "react";
import type { PictureSize } from "../input/pointer";
import type { Session } from "../session/session";
import { drift, follow } from "./tracking";

type Shown = {
  readonly picture: PictureSize;
  readonly size: PictureSize;
  readonly left: number;
  readonly top: number;
};

/**
 * Moves what is seen of a larger picture after the pointer [S-05]: after the customer's, and after the operator's own while it is
 * near an edge.
 */
export function useTracking(
  room: RefObject<HTMLElement | null>,
  active: boolean,
  session: Session,
  shown: RefObject<Shown>,
): void {
  useEffect(() => {
    const { current } = room;
    if (current === null || !active) return;
    const across = () => ({
      from: current.scrollLeft,
      whole: current.scrollWidth,
      seen: current.clientWidth,
    });
    const down = () => ({ from: current.scrollTop, whole: current.scrollHeight, seen: current.clientHeight });

    let last = session.live.get().pointerAt;
    const forget = session.live.subscribe(() => {
      const { pointerAt } = session.live.get();
      if (pointerAt === last) return;
      last = pointerAt;
      const { picture, size, left, top } = shown.current;
      if (pointerAt === null || picture.width === 0) return;
      const scale = size.width / picture.width;
      current.scrollLeft += follow(pointerAt.x * scale - left, across());
      current.scrollTop += follow(pointerAt.y * scale - top, down());
    });

    let own: { x: number; y: number } | null = null;
    let frame = 0;
    let before_ms = 0;
    const move = (now_ms: number) => {
      frame = 0;
      if (own === null) return;
      const elapsed_ms = Math.min(now_ms - before_ms, 50);
      before_ms = now_ms;
      const x = drift(own.x, across(), elapsed_ms);
      const y = drift(own.y, down(), elapsed_ms);
      if (x === 0 && y === 0) return;
      current.scrollLeft += x;
      current.scrollTop += y;
      frame = requestAnimationFrame(move);
    };
    const moved = (event: PointerEvent) => {
      const { left, top } = current.getBoundingClientRect();
      own = { x: event.clientX - left, y: event.clientY - top };
      if (frame !== 0) return;
      before_ms = performance.now();
      frame = requestAnimationFrame(move);
    };
    const gone = () => {
      own = null;
    };
    current.addEventListener("pointermove", moved);
    current.addEventListener("pointerleave", gone);
    return () => {
      forget();
      cancelAnimationFrame(frame);
      current.removeEventListener("pointermove", moved);
      current.removeEventListener("pointerleave", gone);
    };
  }, [room, active, session, shown]);
}
