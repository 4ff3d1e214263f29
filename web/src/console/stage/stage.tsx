import { memo, useCallback, useRef } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureSize } from "../input/pointer";
import { cropOf, wholeSize } from "../monitors/monitor-area";
import { MonitorWindow } from "../monitors/monitor-window";
import { useMonitors } from "../monitors/use-monitors";
import { PartDrawing } from "../partial-share/part-drawing";
import { Curtain, useCurtain } from "../rights/curtain";
import type { Session } from "../session/session";
import { usePart, useStore } from "../use-store";
import { ExactPicture } from "./exact-picture";
import { InputSurface } from "./input-surface";
import { Notices } from "./notices";
import styles from "./stage.module.css";
import { useSize } from "./use-size";
import { useTracking } from "./use-tracking";
import type { View } from "./use-view";
import { VideoPicture } from "./video-picture";
import { shownSize } from "./zoom";

type StageProps = { session: Session; view: View; shown: boolean };

/** The customer's picture with the operator's input upon it. */
export const Stage = memo(function Stage({ session, view, shown }: StageProps) {
  const { t } = useI18n();
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const room = useRef<HTMLDivElement>(null);
  const roomSize = useSize(room);
  const { shownPicture } = session;
  const picture = useStore(shownPicture.size);
  const onSize = useCallback((size: PictureSize) => shownPicture.size.set(size), [shownPicture]);
  const curtain = useCurtain(session);
  const monitors = useMonitors(session, picture);
  // A monitor that was unplugged is not waited for: all that is left is shown.
  const area = monitors.find(({ id }) => id === view.monitor)?.area ?? null;
  const seen = shownSize(view.zoom, area ?? picture, roomSize, window.devicePixelRatio);
  const size = area === null ? seen : wholeSize(area, seen, picture);
  const crop = area === null ? null : cropOf(area, seen);
  const latest = useRef({ picture, size, left: 0, top: 0 });
  latest.current = { picture, size, left: crop?.left ?? 0, top: crop?.top ?? 0 };
  useTracking(room, view.tracks && view.zoom === "original", session, latest);
  const content =
    customerKind === "browser" ? (
      <VideoPicture session={session} onSize={onSize} />
    ) : (
      <ExactPicture session={session} onSize={onSize} />
    );
  return (
    <div className={styles["stage"]}>
      <Notices session={session} hasPicture={picture.width > 0 || curtain !== null} />
      <div ref={room} className={view.zoom === "fit" ? styles["fit"] : styles["scroll"]}>
        <InputSurface
          session={session}
          picture={picture}
          size={size}
          crop={crop}
          shown={shown}
          label={t("console-picture")}
        >
          {content}
          <PartDrawing session={session} picture={picture} size={size} />
        </InputSurface>
      </div>
      {curtain !== null && <Curtain why={curtain} />}
      {monitors
        .filter(({ id }) => view.windows.includes(id))
        .map((monitor) => (
          <MonitorWindow
            key={monitor.id}
            session={session}
            monitor={monitor}
            onClose={() => view.closeWindow(monitor.id)}
            onBlocked={() => {
              view.closeWindow(monitor.id);
              session.cannot("own-window");
            }}
          />
        ))}
    </div>
  );
});
