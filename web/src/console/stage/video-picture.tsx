import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureSize } from "../input/pointer";
import type { Still } from "../picture/still";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./stage.module.css";

/** What a customer shares from their browser. */
export function VideoPicture({ session, onSize }: { session: Session; onSize: (size: PictureSize) => void }) {
  const { t } = useI18n();
  const video = usePart(session.live, (live) => live.video);
  const paused = usePart(session.live, (live) => live.paused);
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    // An element keeps its last picture for as long as it has a source.
    current.srcObject = paused ? null : video;
    const measure = () => onSize({ width: current.videoWidth, height: current.videoHeight });
    current.addEventListener("resize", measure);
    current.addEventListener("loadedmetadata", measure);
    session.picture.stillsBy(() => Promise.resolve(frameOf(current)));
    return () => {
      session.picture.stillsBy(null);
      current.removeEventListener("resize", measure);
      current.removeEventListener("loadedmetadata", measure);
    };
  }, [session, video, paused, onSize]);
  return (
    <video
      ref={element}
      className={styles["picture"]}
      autoPlay
      muted
      playsInline
      aria-label={t("console-picture")}
    />
  );
}

/** The frame that is shown; null before the first. */
function frameOf(video: HTMLVideoElement): Still | null {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) return null;
  context.drawImage(video, 0, 0);
  return { canvas, truth: "video" };
}
