import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { Point } from "../input/input-event";
import { type PictureSize, toPicture } from "../input/pointer";
import type { Session } from "../session/session";
import { usePart, useStore } from "../use-store";
import styles from "./drawing.module.css";
import { cssColour, RGB, sizeOf } from "./drawing-tools";
import { paint } from "./preview";
import { useDrawingKeys } from "./use-drawing-keys";

type DrawingSurfaceProps = { session: Session; picture: PictureSize; size: PictureSize; shown: boolean };

/** Lies over the picture: takes the pointer while drawing is on, and shows what is on its way to the customer [F-11]. */
export function DrawingSurface({ session, picture, size, shown }: DrawingSurfaceProps) {
  const { drawing } = session;
  const on = usePart(drawing.state, (state) => state.on);
  const tool = usePart(drawing.state, (state) => state.tool);
  const shapes = useStore(drawing.shapes);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [writing, setWriting] = useState<Point | null>(null);
  useDrawingKeys(drawing, on && shown);
  const isThere = on || shapes.length > 0;
  useLayoutEffect(() => {
    const ink = isThere ? canvas.current?.getContext("2d") : null;
    if (ink != null) paint(ink, picture, shapes);
  }, [picture, shapes, isThere]);
  useEffect(() => {
    if (!on || tool !== "text") setWriting(null);
  }, [on, tool]);
  if (!isThere || picture.width === 0) return null;

  const at = (event: { clientX: number; clientY: number }) => {
    const rect = canvas.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 0, height: 0 };
    return toPicture({ x: event.clientX, y: event.clientY }, rect, picture).at;
  };
  const pressed = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    if (tool === "text") {
      // A field that is open writes what it has when it loses the focus.
      event.preventDefault();
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      setWriting(at(event));
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.begin(at(event));
  };
  const moved = (event: PointerEvent<HTMLCanvasElement>) => {
    if (tool === "pointer") drawing.point(at(event));
    // A mouse tells more places than the page draws pictures.
    else drawing.move([...event.nativeEvent.getCoalescedEvents(), event].map(at));
  };
  return (
    <>
      <canvas
        ref={canvas}
        width={picture.width}
        height={picture.height}
        className={on ? styles["surface"] : styles["rest"]}
        data-tool={tool}
        onPointerDown={pressed}
        onPointerMove={moved}
        onPointerUp={() => drawing.end()}
        onPointerCancel={() => drawing.cancel()}
        onContextMenu={(event) => event.preventDefault()}
      />
      {on && writing !== null && (
        <WordsField
          key={`${writing.x} ${writing.y}`}
          session={session}
          at={writing}
          scale={size.width / picture.width}
          onClose={() => setWriting(null)}
        />
      )}
    </>
  );
}

type WordsFieldProps = { session: Session; at: Point; scale: number; onClose: () => void };

/** Words are written where they will stand, in their size, with the operator's own IME. */
function WordsField({ session, at, scale, onClose }: WordsFieldProps) {
  const { t } = useI18n();
  const { drawing } = session;
  const field = useRef<HTMLInputElement>(null);
  const given = useRef(false);
  const colour = usePart(drawing.state, (state) => state.colour);
  const width = usePart(drawing.state, (state) => state.width);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const finish = (text: string) => {
    if (given.current) return;
    given.current = true;
    drawing.write(text, at);
    onClose();
  };
  return (
    <input
      ref={field}
      className={styles["words"]}
      style={{
        left: at.x * scale,
        top: at.y * scale,
        fontSize: sizeOf("text", width) * scale,
        color: cssColour(RGB[colour]),
      }}
      aria-label={t("console-drawing-words")}
      maxLength={200}
      autoComplete="off"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish("");
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
