import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Hint } from "../../shared/ui/hint";
import { MonitorsMenu } from "../monitors/monitors-menu";
import type { Session } from "../session/session";
import type { View } from "../stage/use-view";
import { shortcutOf } from "../tools/keys";
import { useRights } from "../tools/use-rights";
import { usePart } from "../use-store";
import { commands } from "./commands";
import { Group } from "./group";
import { SpecialKeysMenu } from "./special-keys-menu";
import styles from "./toolbar.module.css";
import { ViewMenu } from "./view-menu";
import { useWhyViewOnly } from "./view-only";

type ControlGroupProps = { session: Session; view: View };

/** 제어 [Control]: the customer's mouse and keyboard, and how their screen is shown here. */
export function ControlGroup({ session, view }: ControlGroupProps) {
  const { t } = useI18n();
  const paused = usePart(session.live, (live) => live.paused);
  return (
    <Group label={t("console-group-control")} title={paused ? t("console-paused") : undefined}>
      <Control session={session} />
      <ViewMenu session={session} view={view} />
      <MonitorsMenu session={session} view={view} />
    </Group>
  );
}

function Control({ session }: { session: Session }) {
  const { t } = useI18n();
  const control = usePart(session.live, (live) => live.control);
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  const rights = useRights(session);
  const why = useWhyViewOnly(session);
  // The second operator asks whose session it is [F-18].
  const isSecond = usePart(session.summary, (summary) => summary.second?.isYou === true);
  // Control that is held up is there, and says why it does nothing.
  if (why !== null && !(paused && rights.control)) {
    return (
      <span className={styles["viewOnly"]} title={why}>
        {t("console-view-only")}
        <span className="visually-hidden"> {why}</span>
      </span>
    );
  }
  const on = control === "on" || control === "customer-active";
  return (
    <>
      <Hint text={shortcutOf(commands.control)}>
        <ToggleButton
          className={styles["toggle"] ?? ""}
          isSelected={on}
          isDisabled={link !== "connected" || paused}
          onChange={(next) => session.setControl(next)}
        >
          {t(isSecond && !on ? "console-second-ask-control" : "console-control")}
        </ToggleButton>
      </Hint>
      <SpecialKeysMenu session={session} disabled={!on} />
    </>
  );
}
