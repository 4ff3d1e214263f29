import {
  Header,
  Keyboard,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { CaptureChoices } from "../capture-mode/capture-choices";
import type { Session } from "../session/session";
import type { View } from "../stage/use-view";
import { zooms } from "../stage/zoom";
import { shortcutOf } from "../tools/keys";
import { usePart } from "../use-store";
import { commands } from "./commands";
import { toggleFullScreen } from "./full-screen";
import { NoVideoNote, QualityChoices } from "./quality-choices";
import styles from "./toolbar.module.css";

type ViewMenuProps = { session: Session; view: View };

/** 화면 [View]: how the customer's screen is shown here. */
export function ViewMenu({ session, view }: ViewMenuProps) {
  const { t } = useI18n();
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const hasQuality = customerKind !== "browser";
  const item = `${styles["item"]} ${styles["withKeys"]}`;
  return (
    <MenuTrigger>
      <Button small look="quiet" className={styles["opens"] ?? ""}>
        {t("console-view")}
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <Menu
          className={styles["menu"] ?? ""}
          aria-label={t("console-view")}
          onAction={(key) => {
            if (key === "full-screen") void toggleFullScreen();
          }}
        >
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view.zoom]}
            aria-label={t("console-zoom")}
            onSelectionChange={(keys) => {
              const chosen = zooms.find((each) => keys !== "all" && keys.has(each));
              if (chosen !== undefined) view.setZoom(chosen);
            }}
          >
            <Header className={styles["title"] ?? ""}>
              {t("console-zoom")}
              <kbd className={styles["keys"]}>{shortcutOf(commands.zoom)}</kbd>
            </Header>
            {zooms.map((each) => (
              <MenuItem
                key={each}
                id={each}
                className={`${styles["item"]} ${styles["explained"]}`}
                textValue={t(`console-zoom-${each}`)}
              >
                <Text slot="label">{t(`console-zoom-${each}`)}</Text>
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="multiple"
            selectedKeys={view.tracks ? ["tracks"] : []}
            aria-label={t("console-tracking")}
            onSelectionChange={(keys) => view.setTracks(keys === "all" || keys.has("tracks"))}
          >
            <MenuItem
              id="tracks"
              className={`${styles["item"]} ${styles["explained"]}`}
              textValue={t("console-tracking")}
            >
              <Text slot="label">{t("console-tracking")}</Text>
              <Text slot="description" className={styles["explanation"] ?? ""}>
                {t("console-tracking-means")}
              </Text>
            </MenuItem>
          </MenuSection>
          <Separator className={styles["separator"] ?? ""} />
          <MenuItem id="full-screen" className={item} textValue={t("console-full-screen")}>
            <Text slot="label">{t("console-full-screen")}</Text>
            <Keyboard className={styles["keys"] ?? ""}>F11</Keyboard>
          </MenuItem>
          {hasQuality && <Separator className={styles["separator"] ?? ""} />}
          {hasQuality && <QualityChoices />}
          <CaptureChoices session={session} />
        </Menu>
        {hasQuality && <NoVideoNote />}
      </Popover>
    </MenuTrigger>
  );
}
