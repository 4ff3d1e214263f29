import { Dialog, DialogTrigger, Popover, ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import type { View } from "../stage/use-view";
import bar from "../toolbar/toolbar.module.css";
import { useStore } from "../use-store";
import type { Area } from "./monitor-area";
import styles from "./monitors.module.css";
import { PartPicture } from "./part-picture";
import { type Monitor, useMonitors } from "./use-monitors";

/** The longer side of a small picture, in pixels. */
const SMALL_PX = 160;
const SMALL_EVERY_MS = 500;

/** 모니터 [Monitors]: all of them or one, each with a small picture, and each in a window of its own. Not there while there is one. */
export function MonitorsMenu({ session, view }: { session: Session; view: View }) {
  const { t } = useI18n();
  const picture = useStore(session.shownPicture.size);
  const monitors = useMonitors(session, picture);
  if (monitors.length === 0) return null;
  const whole = { x: 0, y: 0, ...picture };
  return (
    <DialogTrigger>
      <Button small look="quiet" className={bar["opens"] ?? ""}>
        {t("console-monitors")}
      </Button>
      <Popover className={bar["popover"] ?? ""}>
        <Dialog className={styles["choices"] ?? ""} aria-label={t("console-monitors")}>
          <Choice
            session={session}
            area={whole}
            name={t("console-monitors-all")}
            view={view}
            monitor={null}
          />
          {monitors.map((monitor) => (
            <Choice
              key={monitor.id}
              session={session}
              area={monitor.area}
              name={t("console-monitor", { name: monitor.name })}
              view={view}
              monitor={monitor}
            />
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

type ChoiceProps = { session: Session; area: Area; name: string; view: View; monitor: Monitor | null };

function Choice({ session, area, name, view, monitor }: ChoiceProps) {
  const { t } = useI18n();
  const id = monitor?.id ?? null;
  const scale = SMALL_PX / Math.max(area.width, area.height, 1);
  const size = { width: Math.ceil(area.width * scale), height: Math.ceil(area.height * scale) };
  return (
    <div className={styles["choice"]}>
      <ToggleButton
        className={styles["pick"] ?? ""}
        isSelected={view.monitor === id}
        onChange={() => view.setMonitor(id)}
      >
        <PartPicture
          session={session}
          area={area}
          size={size}
          every_ms={SMALL_EVERY_MS}
          className={styles["small"] ?? ""}
        />
        {name}
        <span className={styles["pixels"]}>{`${area.width} × ${area.height}`}</span>
      </ToggleButton>
      {monitor !== null && (
        <Button
          small
          look="quiet"
          aria-label={t("console-monitor-window", { name: monitor.name })}
          onPress={() => view.openWindow(monitor.id)}
        >
          {t("console-own-window")}
        </Button>
      )}
    </div>
  );
}
