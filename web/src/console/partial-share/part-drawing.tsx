import { type PointerEvent, useEffect, useRef, useState } from "react";
import { PartKind } from "../../generated/proto/beside/v1/common_pb";
import { useI18n } from "../../shared/i18n/i18n";
import type { Point } from "../input/input-event";
import type { PictureSize } from "../input/pointer";
import type { Session } from "../session/session";
import { useStore } from "../use-store";
import styles from "./partial-share.module.css";

type PartDrawingProps = { session: Session; picture: PictureSize; size: PictureSize };
type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** As the customer app takes them. */
const SIDE_MIN_PX = 16;

/** Over the picture: a rectangle that the operator draws, and the customer is asked to share. */
export function PartDrawing({ session, picture, size }: PartDrawingProps) {
  const { t } = useI18n();
  const drawing = useStore(session.drawsPart);
  const surface = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<Point | null>(null);
  const [to, setTo] = useState<Point | null>(null);
  useEffect(() => {
    if (!drawing) return;
    setFrom(null);
    setTo(null);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      session.drawsPart.set(false);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [drawing, session]);
  if (!drawing || picture.width === 0) return null;
  const scale = picture.width / size.width;
  const at = (event: PointerEvent): Point => {
    const box = surface.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const area = from === null || to === null ? null : between(from, to);
  const done = () => {
    setFrom(null);
    setTo(null);
    const asked = area === null ? null : inPicture(area, scale, picture);
    if (asked === null) return;
    session.drawsPart.set(false);
    session.sendToPeer({ case: "askPart", value: { kind: PartKind.AREA, area: asked } });
  };
  return (
    <div
      ref={surface}
      className={styles["drawing"]}
      role="application"
      aria-label={t("console-part-drawing")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(at(event));
        setTo(at(event));
      }}
      onPointerMove={(event) => {
        if (from !== null) setTo(at(event));
      }}
      onPointerUp={done}
    >
      {area !== null && (
        <div
          className={styles["area"]}
          style={{ left: area.x, top: area.y, width: area.width, height: area.height }}
        />
      )}
    </div>
  );
}

export function between(one: Point, other: Point): Area {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

/** In whole pixels of the customer's screen; null where it is too small or beside it. */
export function inPicture(area: Area, scale: number, picture: PictureSize): Area | null {
  const edge = (value: number, end: number) => Math.round(Math.min(Math.max(value * scale, 0), end));
  const left = edge(area.x, picture.width);
  const top = edge(area.y, picture.height);
  const width = edge(area.x + area.width, picture.width) - left;
  const height = edge(area.y + area.height, picture.height) - top;
  return width < SIDE_MIN_PX || height < SIDE_MIN_PX ? null : { x: left, y: top, width, height };
}
