import type { PictureSize } from "../input/pointer";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./stage.module.css";

type CustomerPointerProps = { session: Session; picture: PictureSize; size: PictureSize };

/** Where the customer's pointer is, while the operator only looks. The picture itself holds no pointer. */
export function CustomerPointer({ session, picture, size }: CustomerPointerProps) {
  const pointerAt = usePart(session.live, (live) => live.pointerAt);
  if (pointerAt === null || picture.width === 0) return null;
  const scale = size.width / picture.width;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 12 18"
      className={styles["pointer"]}
      style={{ transform: `translate(${pointerAt.x * scale}px, ${pointerAt.y * scale}px)` }}
    >
      <path d="M1 1v14l3.5-3.2 2.3 5.2 2.2-1-2.3-5h4.8z" />
    </svg>
  );
}
