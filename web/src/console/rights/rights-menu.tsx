import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../toolbar/toolbar.module.css";
import { useRights } from "../tools/use-rights";
import { usePart, useStore } from "../use-store";
import { askable } from "./rights";

/** 권한 요청 [Ask for a right]: what the policy offers and the customer does not give now. Not there while that is nothing. */
export function RightsMenu({ session }: { session: Session }) {
  const { t } = useI18n();
  const could = usePart(session.live, (live) => live.could);
  const paused = usePart(session.live, (live) => live.paused);
  const link = usePart(session.live, (live) => live.link);
  const waits = useStore(session.asks.asked)?.state === "waiting";
  const rights = askable(useRights(session), could);
  if (rights.length === 0) return null;
  return (
    <MenuTrigger>
      <Button
        small
        look="quiet"
        className={styles["opens"] ?? ""}
        isDisabled={link !== "connected" || paused || waits}
      >
        {t("console-right-ask")}
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <Menu
          className={styles["menu"] ?? ""}
          aria-label={t("console-right-ask")}
          onAction={(key) => {
            const right = rights.find((each) => each === key);
            if (right !== undefined) session.asks.ask(right);
          }}
        >
          {rights.map((right) => (
            <MenuItem key={right} id={right} className={styles["item"] ?? ""}>
              {t(`console-right-${right}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
