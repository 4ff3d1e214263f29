import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Hint } from "../../shared/ui/hint";
import type { Session } from "../session/session";
import { shortcutOf } from "../tools/keys";
import { type ToolEntry, type ToolName, toolsFor } from "../tools/tool-list";
import { useRights } from "../tools/use-rights";
import { useMedia } from "../use-media";
import { usePart } from "../use-store";
import { Group } from "./group";
import styles from "./toolbar.module.css";
import { ToolsMenu } from "./tools-menu";

/** From here on there is room for the tools that are used often; the longer language decides. */
const WIDE = "(min-width: 1200px)";

type ToolsGroupProps = {
  session: Session;
  onTool: (tool: ToolEntry) => void;
  isOpen: (name: ToolName) => boolean;
};

/** 도구 [Tools]: those that are used often by themselves, and all of them in a menu. Not there while nothing is allowed. */
export function ToolsGroup({ session, onTool, isOpen }: ToolsGroupProps) {
  const { t } = useI18n();
  const tools = toolsFor(useRights(session));
  const wide = useMedia(WIDE);
  if (tools.length === 0) return null;
  return (
    <Group label={t("console-group-tools")}>
      {wide &&
        tools
          .filter(({ often }) => often)
          .map((tool) => (
            <ToolButton
              key={tool.name}
              session={session}
              tool={tool}
              isOpen={isOpen(tool.name)}
              onPress={() => onTool(tool)}
            />
          ))}
      <ToolsMenu session={session} tools={tools} onTool={onTool} />
    </Group>
  );
}

type ToolButtonProps = { session: Session; tool: ToolEntry; isOpen: boolean; onPress: () => void };

function ToolButton({ session, tool, isOpen, onPress }: ToolButtonProps) {
  const { t } = useI18n();
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  // Files that were found go on being shown while the connection is made anew.
  const isDisabled = paused || (link !== "connected" && tool.place !== "dock");
  const name = t(`console-tool-name-${tool.name}`);
  return (
    <Hint text={shortcutOf(tool)}>
      {tool.place === "dialog" ? (
        <Button small look="quiet" isDisabled={isDisabled} onPress={onPress}>
          {name}
        </Button>
      ) : (
        <ToggleButton
          className={styles["toggle"] ?? ""}
          isSelected={isOpen}
          isDisabled={isDisabled}
          onChange={onPress}
        >
          {name}
        </ToggleButton>
      )}
    </Hint>
  );
}
