import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { combinations } from "../input/input-event";
import type { Session } from "../session/session";
import styles from "./toolbar.module.css";

/** 특수키 [Special keys]: what the operator's own machine would keep for itself. */
export function SpecialKeysMenu({ session, disabled }: { session: Session; disabled: boolean }) {
  const { t } = useI18n();
  return (
    <MenuTrigger>
      <Button small look="quiet" className={styles["opens"] ?? ""} isDisabled={disabled}>
        {t("console-special-keys")}
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <Menu
          className={styles["menu"] ?? ""}
          onAction={(key) => {
            const combination = combinations.find((each) => each === key);
            if (combination !== undefined) session.sendCombination(combination);
          }}
        >
          {combinations.map((each) => (
            <MenuItem key={each} id={each} className={styles["item"] ?? ""}>
              {t(`console-keys-${each}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
