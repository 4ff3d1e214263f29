import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureSize } from "../input/pointer";
import { PictureView } from "../picture/picture-view";
import { VideoFeed } from "../picture/video-feed";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./stage.module.css";

type ExactPictureProps = { session: Session; onSize: (size: PictureSize) => void };

/** The picture that the customer app sends: exact pixels [Y-3], and video upon what moves. */
export function ExactPicture({ session, onSize }: ExactPictureProps) {
  const { t } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const track = useRef<HTMLVideoElement>(null);
  const feed = useRef<VideoFeed>(null);
  const video = usePart(session.live, (live) => live.video);
  const [failed, setFailed] = useState(false);
  // At once: packets of the first picture may be waiting.
  useLayoutEffect(() => {
    if (canvas.current === null || track.current === null) return;
    const view = new PictureView();
    view.attach(canvas.current);
    session.shownPicture.standsOn(canvas.current);
    view.onAcknowledge((done) => {
      session.picture.acknowledge(done);
      session.drawing.pictureDrawn();
      session.shownPicture.changed();
    });
    view.onExact((exact) => session.picture.setExact(exact));
    view.onSize(onSize);
    view.onRequest(() => session.picture.requestNewEpoch());
    view.onFlood(() => session.picture.closeFlooded());
    view.onFault(() => setFailed(true));
    const pictures = new VideoFeed(track.current, (picture, source) => {
      view.onVideoPicture(picture, source);
      session.shownPicture.changed();
    });
    feed.current = pictures;
    pictures.play(session.live.get().video);
    session.picture.attach({
      begin: () => view.begin(),
      receive: (channel, bytes) => view.onPacket(channel, new Uint8Array(bytes)),
      blank: () => {
        view.blank();
        session.shownPicture.changed();
      },
      reopen: () => view.reopen(),
    });
    session.picture.stillsBy((wait_ms) => view.still(wait_ms));
    return () => {
      session.shownPicture.standsOn(null);
      session.picture.stillsBy(null);
      session.picture.attach(null);
      pictures.close();
      view.close();
    };
  }, [session, onSize]);
  useEffect(() => feed.current?.play(video), [video]);
  return (
    <>
      <video ref={track} className={styles["track"]} muted playsInline aria-hidden="true" tabIndex={-1} />
      <canvas ref={canvas} className={styles["picture"]} />
      {failed && (
        <p role="alert" className={styles["failed"]}>
          {t("console-picture-failed")}
        </p>
      )}
    </>
  );
}
