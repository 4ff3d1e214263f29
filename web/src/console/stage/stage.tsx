import { memo, useCallback, useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureSize } from "../input/pointer";
import { PartDrawing } from "../partial-share/part-drawing";
import { Curtain, useCurtain } from "../rights/curtain";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import { ExactPicture } from "./exact-picture";
import { InputSurface } from "./input-surface";
import { Notices } from "./notices";
import styles from "./stage.module.css";
import { VideoPicture } from "./video-picture";
import { shownSize, type Zoom } from "./zoom";

type StageProps = { session: Session; zoom: Zoom; shown: boolean };

/** The customer's picture with the operator's input upon it. */
export const Stage = memo(function Stage({ session, zoom, shown }: StageProps) {
  const { t } = useI18n();
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const room = useRef<HTMLDivElement>(null);
  const roomSize = useSize(room);
  const [picture, setPicture] = useState<PictureSize>({ width: 0, height: 0 });
  const onSize = useCallback((size: PictureSize) => setPicture(size), []);
  const curtain = useCurtain(session);
  const size = shownSize(zoom, picture, roomSize, window.devicePixelRatio);
  const content =
    customerKind === "browser" ? (
      <VideoPicture session={session} onSize={onSize} />
    ) : (
      <ExactPicture session={session} onSize={onSize} />
    );
  return (
    <div className={styles["stage"]}>
      <Notices session={session} hasPicture={picture.width > 0 || curtain !== null} />
      <div ref={room} className={zoom === "fit" ? styles["fit"] : styles["scroll"]}>
        <InputSurface
          session={session}
          picture={picture}
          size={size}
          shown={shown}
          label={t("console-picture")}
        >
          {content}
          <PartDrawing session={session} picture={picture} size={size} />
        </InputSurface>
      </div>
      {curtain !== null && <Curtain why={curtain} />}
    </div>
  );
});

function useSize(element: React.RefObject<HTMLElement | null>): PictureSize {
  const [size, setSize] = useState<PictureSize>({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
