import { useRef } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { OwnWindow } from "../own-window/own-window";
import type { Session } from "../session/session";
import { InputSurface } from "../stage/input-surface";
import { useSize } from "../stage/use-size";
import { shownSize } from "../stage/zoom";
import { useSessionTitle } from "../use-session-title";
import { useStore } from "../use-store";
import { cropOf, wholeSize } from "./monitor-area";
import styles from "./monitors.module.css";
import { PartPicture } from "./part-picture";
import type { Monitor } from "./use-monitors";

type MonitorWindowProps = {
  session: Session;
  monitor: Monitor;
  onClose: () => void;
  onBlocked: () => void;
};

/** One of the customer's monitors in a window of its own, with mouse and keyboard as in the page. */
export function MonitorWindow({ session, monitor, onClose, onBlocked }: MonitorWindowProps) {
  const { t } = useI18n();
  const title = useSessionTitle(useStore(session.summary));
  const { id, name, area } = monitor;
  return (
    <OwnWindow
      name={`beside-${session.summary.get().id}-monitor-${id}`}
      title={`${t("console-monitor", { name })} · ${title}`}
      size={area}
      onClose={onClose}
      onBlocked={onBlocked}
    >
      <MonitorStage session={session} monitor={monitor} />
    </OwnWindow>
  );
}

function MonitorStage({ session, monitor }: Pick<MonitorWindowProps, "session" | "monitor">) {
  const { t } = useI18n();
  const room = useRef<HTMLDivElement>(null);
  const roomSize = useSize(room);
  const picture = useStore(session.shownPicture.size);
  const { area, name } = monitor;
  const pixelRatio = room.current?.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  const shown = shownSize("fit", area, roomSize, pixelRatio);
  const crop = cropOf(area, shown);
  return (
    <div ref={room} className={styles["room"]}>
      <InputSurface
        session={session}
        picture={picture}
        size={wholeSize(area, shown, picture)}
        crop={crop}
        shown
        label={t("console-monitor", { name })}
      >
        <div className={styles["part"]} style={crop}>
          <PartPicture
            session={session}
            area={area}
            size={area}
            every_ms={0}
            className={styles["whole"] ?? ""}
          />
        </div>
      </InputSurface>
    </div>
  );
}
