import { useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureSize } from "../input/pointer";
import { PictureView } from "../picture/picture-view";
import type { Session } from "../session/session";
import styles from "./stage.module.css";

type ExactPictureProps = { session: Session; onSize: (size: PictureSize) => void };

/** The exact picture that the customer app sends [Y-3]. */
export function ExactPicture({ session, onSize }: ExactPictureProps) {
  const { t } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (canvas.current === null) return;
    const view = new PictureView();
    view.attach(canvas.current);
    view.onAcknowledge((done) => session.acknowledge(done));
    view.onExact((exact) => session.setExact(exact));
    view.onSize(onSize);
    view.onRequest(() => session.requestNewEpoch());
    view.onFault(() => setFailed(true));
    session.attach({
      begin: () => view.begin(),
      receive: (channel, bytes) => view.onPacket(channel, new Uint8Array(bytes)),
    });
    return () => {
      session.attach(null);
      view.close();
    };
  }, [session, onSize]);
  return (
    <>
      <canvas ref={canvas} className={styles["picture"]} />
      {failed && (
        <p role="alert" className={styles["failed"]}>
          {t("console-picture-failed")}
        </p>
      )}
    </>
  );
}
