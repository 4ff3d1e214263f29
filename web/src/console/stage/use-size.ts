import { type RefObject, useEffect, useState } from "react";
import type { PictureSize } from "../input/pointer";

/** The room that an element gives to what stands in it, in CSS pixels, in whatever window it is. */
export function useSize(element: RefObject<HTMLElement | null>): PictureSize {
  const [size, setSize] = useState<PictureSize>({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    const view = current?.ownerDocument.defaultView;
    if (current == null || view == null) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    // That of the element's own window: the page's rests while the page is hidden.
    const observer = new view.ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
