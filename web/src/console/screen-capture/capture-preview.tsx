import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureRect } from "../../shared/picture/decoder";
import type { Still } from "../picture/still";
import { between } from "./area";
import styles from "./capture.module.css";

type PreviewProps = {
  still: Still;
  area: PictureRect;
  /** A part was drawn with the mouse, a pen or a finger. */
  onArea: (area: PictureRect) => void;
};

/** The still picture as it was taken, and what of it is kept; another part is chosen by drawing over it. */
export function CapturePreview({ still, area, onArea }: PreviewProps) {
  const { t } = useI18n();
  const { canvas } = still;
  const shown = useRef<HTMLCanvasElement>(null);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const { current } = shown;
    if (current === null) return;
    current.width = canvas.width;
    current.height = canvas.height;
    current.getContext("2d", { alpha: false })?.drawImage(canvas, 0, 0);
  }, [canvas]);
  const place = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) * canvas.width) / box.width,
      y: ((event.clientY - box.top) * canvas.height) / box.height,
    };
  };
  const share = (value: number, of: number) => `${(100 * value) / of}%`;
  return (
    <div className={styles["preview"]}>
      <div
        className={styles["picture"]}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setFrom(place(event));
        }}
        onPointerMove={(event) => {
          if (from !== null) onArea(between(from, place(event), canvas));
        }}
        onPointerUp={() => setFrom(null)}
        onPointerCancel={() => setFrom(null)}
      >
        <canvas
          ref={shown}
          className={styles["still"]}
          role="img"
          aria-label={t("console-capture-preview")}
        />
        <span
          aria-hidden="true"
          className={styles["area"]}
          style={{
            left: share(area.x, canvas.width),
            top: share(area.y, canvas.height),
            width: share(area.width, canvas.width),
            height: share(area.height, canvas.height),
          }}
        />
      </div>
    </div>
  );
}
