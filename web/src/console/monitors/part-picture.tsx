import { useEffect, useRef } from "react";
import type { Session } from "../session/session";
import type { Area } from "./monitor-area";

type PartPictureProps = {
  session: Session;
  area: Area;
  /** Of the pixels that are kept of it. */
  size: { readonly width: number; readonly height: number };
  /** A change is shown so soon after it at the latest; 0: with the display's next picture. */
  every_ms: number;
  className: string;
};

/** A part of the customer's picture once more, as it changes. */
export function PartPicture({ session, area, size, every_ms, className }: PartPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    const view = target?.ownerDocument.defaultView;
    if (target == null || view == null) return;
    target.width = size.width;
    target.height = size.height;
    const { shownPicture } = session;
    let due: (() => void) | null = null;
    const draw = () => {
      due = null;
      shownPicture.copyTo(target, area);
    };
    const later = () => {
      if (due !== null) return;
      if (every_ms > 0) {
        const timer = view.setTimeout(draw, every_ms);
        due = () => view.clearTimeout(timer);
      } else {
        const frame = view.requestAnimationFrame(draw);
        due = () => view.cancelAnimationFrame(frame);
      }
    };
    draw();
    const forget = shownPicture.follow(later);
    return () => {
      forget();
      due?.();
    };
  }, [session, area, size.width, size.height, every_ms]);
  return <canvas ref={canvas} className={className} />;
}
