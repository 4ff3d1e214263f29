import { memo } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import { Later } from "../stage/later";
import type { View } from "../stage/use-view";
import type { ToolEntry, ToolName } from "../tools/tool-list";
import { ConnectionState } from "./connection-state";
import { ControlGroup } from "./control-group";
import { SessionGroup } from "./session-group";
import { TalkGroup } from "./talk-group";
import styles from "./toolbar.module.css";
import { ToolsGroup } from "./tools-group";

type ToolbarProps = {
  session: Session;
  view: View;
  onTool: (tool: ToolEntry) => void;
  isOpen: (name: ToolName) => boolean;
  chatShown: boolean;
  onChat: (shown: boolean) => void;
  onEnd: () => void;
};

/** The tools of a running session, in groups. A tool that the policy forbids is not here. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { session, view, onTool, isOpen, chatShown, onChat, onEnd } = props;
  const { t } = useI18n();
  return (
    <div className={styles["toolbar"]} role="toolbar" aria-label={t("console-toolbar")}>
      <Later>
        <ControlGroup session={session} view={view} />
        <ToolsGroup session={session} onTool={onTool} isOpen={isOpen} />
        <TalkGroup session={session} chatShown={chatShown} onChat={onChat} />
        <div className={styles["end"]}>
          <ConnectionState session={session} />
          <SessionGroup session={session} onEnd={onEnd} />
        </div>
      </Later>
    </div>
  );
});
