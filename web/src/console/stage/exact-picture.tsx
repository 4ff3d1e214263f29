import { useRef } from "react";
import type { PictureSize } from "../input/pointer";
import type { Session } from "../session/session";
import styles from "./stage.module.css";
export function ExactPicture({ session, onSize }: { session: Session; onSize: (size: PictureSize) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  void session;
  void onSize;
  return <canvas ref={canvas} className={styles["picture"]} />;
}
