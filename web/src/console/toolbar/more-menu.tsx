import { Menu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { toggleFullScreen } from "./full-screen";
import { NoVideoNote, QualityChoices } from "./quality-menu";
import styles from "./toolbar.module.css";

type MoreMenuProps = { hasQuality: boolean; onShortcuts: () => void };

/** 더 보기 [More]: the tools that a narrow window has no room for. */
export function MoreMenu({ hasQuality, onShortcuts }: MoreMenuProps) {
  const { t } = useI18n();
  return (
    <MenuTrigger>
      <Button small look="quiet">
        {t("console-more")}
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <Menu
          className={styles["menu"] ?? ""}
          aria-label={t("console-more")}
          onAction={(key) => {
            if (key === "full-screen") void toggleFullScreen();
            if (key === "shortcuts") onShortcuts();
          }}
        >
          <MenuItem id="full-screen" className={styles["item"] ?? ""}>
            {t("console-full-screen")}
          </MenuItem>
          <MenuItem id="shortcuts" className={styles["item"] ?? ""}>
            {t("console-shortcuts")}
          </MenuItem>
          {hasQuality && <Separator className={styles["separator"] ?? ""} />}
          {hasQuality && <QualityChoices titled />}
        </Menu>
        {hasQuality && <NoVideoNote />}
      </Popover>
    </MenuTrigger>
  );
}
