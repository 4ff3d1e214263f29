import { type CSSProperties, type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { takenFrom } from "../clipboard/own-clipboard";
import { DrawingSurface } from "../drawing/drawing-surface";
import type { PictureSize } from "../input/pointer";
import type { Crop } from "../monitors/monitor-area";
import type { Session } from "../session/session";
import { usePart, useStore } from "../use-store";
import { cursorOf } from "./cursor";
import { CustomerPointer } from "./customer-pointer";
import { type BoundSession, InputBinding } from "./input-binding";
import styles from "./stage.module.css";

type InputSurfaceProps = {
  session: Session;
  picture: PictureSize;
  /** Of the whole picture on the page. */
  size: PictureSize;
  /** The part of it that is seen; null: all. */
  crop: Crop | null;
  shown: boolean;
  label: string;
  children: ReactNode;
};

function mayPaste(session: Session): boolean {
  const { rights, link, paused } = session.live.get();
  const may = rights?.shareClipboard === true && rights.sendFiles;
  return may && link === "connected" && !paused && session.clipboard.isShared;
}

function boundTo(session: Session): BoundSession {
  return {
    sendInput: (event) => session.sendInput(event),
    movePointer: (at) => session.movePointer(at),
    keyboardWishes: session.keyboardWishes,
    clipboard: session.clipboard,
    mayPaste: () => mayPaste(session),
  };
}

/** Takes mouse, keyboard and the operator's own IME over the picture, and shows the pointer in the customer's shape. */
export function InputSurface({ session, picture, size, crop, shown, label, children }: InputSurfaceProps) {
  const { t } = useI18n();
  const surface = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [composing, setComposing] = useState("");
  const control = usePart(session.live, (live) => live.control);
  const pointerShape = usePart(session.live, (live) => live.pointerShape);
  const link = usePart(session.live, (live) => live.link);
  // What is drawn, there or here, is no input of the customer's machine.
  const drawsPart = useStore(session.drawsPart);
  const draws = usePart(session.drawing.state, (state) => state.on);
  const controls =
    link === "connected" && !draws && !drawsPart && (control === "on" || control === "customer-active");
  const binding = useRef<InputBinding | null>(null);
  const latest = useRef(picture);
  useEffect(() => {
    latest.current = picture;
    binding.current?.resize(picture);
  }, [picture]);
  useEffect(() => {
    if (surface.current === null || field.current === null || !controls || !shown) return;
    const bound = new InputBinding(
      boundTo(session),
      surface.current,
      field.current,
      latest.current,
      setComposing,
    );
    binding.current = bound;
    return () => {
      binding.current = null;
      bound.close();
    };
  }, [session, controls, shown]);

  const drop = (event: DragEvent) => {
    if (!mayPaste(session)) return;
    event.preventDefault();
    void takenFrom(event.dataTransfer).then((dropped) => {
      if (dropped.kind === "files") void session.clipboard.sendFiles(dropped.files);
    });
  };
  const over = (event: DragEvent) => {
    if (mayPaste(session) && event.dataTransfer.types.includes("Files")) event.preventDefault();
  };

  const style: CSSProperties = { width: size.width, height: size.height };
  if (crop !== null) {
    style.marginLeft = -crop.left;
    style.marginTop = -crop.top;
  }
  const { width, height } = crop ?? size;
  if (controls) style.cursor = cursorOf(pointerShape);
  return (
    <div className={styles["holder"]}>
      <div className={styles["crop"]} style={{ width, height }}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: files are dropped on a picture, and pasted by the keyboard. */}
        <div
          ref={surface}
          className={styles["surface"]}
          style={style}
          data-controls={controls}
          onDragOver={over}
          onDrop={drop}
        >
          {children}
          {!controls && <CustomerPointer session={session} picture={picture} size={size} />}
          <DrawingSurface session={session} picture={picture} size={size} shown={shown} />
          <textarea
            ref={field}
            className={styles["field"]}
            aria-label={`${label} · ${t("console-typing")}`}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            tabIndex={controls ? 0 : -1}
            readOnly={!controls}
          />
        </div>
      </div>
      {composing.length > 0 && (
        <p className={styles["composing"]} aria-hidden="true">
          {composing}
        </p>
      )}
    </div>
  );
}
