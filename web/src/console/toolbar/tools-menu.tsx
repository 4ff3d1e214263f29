import { Keyboard, Menu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import { shortcutOf } from "../tools/keys";
import type { ToolEntry } from "../tools/tool-list";
import { usePart, useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./toolbar.module.css";

type ToolsMenuProps = {
  session: Session;
  tools: readonly ToolEntry[];
  onTool: (tool: ToolEntry) => void;
};

/** 도구 [Tools]: what the operator may do beside control. */
export function ToolsMenu({ session, tools, onTool }: ToolsMenuProps) {
  const { t } = useI18n();
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  const clipboardShared = useStore(useWorkspace().clipboardShared.current);
  return (
    <MenuTrigger>
      <Button
        small
        look="quiet"
        className={styles["opens"] ?? ""}
        isDisabled={link !== "connected" || paused}
      >
        {t("console-tools")}
        {paused && <span className="visually-hidden"> {t("console-paused")}</span>}
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <Menu
          className={styles["menu"] ?? ""}
          aria-label={t("console-tools")}
          onAction={(key) => {
            const tool = tools.find(({ name }) => name === key);
            if (tool !== undefined) onTool(tool);
          }}
        >
          {tools.map((tool) => (
            <MenuItem
              key={tool.name}
              id={tool.name}
              className={`${styles["item"]} ${styles["withKeys"]}`}
              textValue={t(`console-tool-name-${tool.name}`)}
            >
              <Text slot="label">
                {t(`console-tool-name-${tool.name}`)}
                {tool.place === "switch" &&
                  ` · ${t(clipboardShared ? "console-switch-on" : "console-switch-off")}`}
              </Text>
              <Keyboard className={styles["keys"] ?? ""}>{shortcutOf(tool)}</Keyboard>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
