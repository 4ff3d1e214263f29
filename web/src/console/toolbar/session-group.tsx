import { useCallback, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Hint } from "../../shared/ui/hint";
import { RightsMenu } from "../rights/rights-menu";
import { InviteButton } from "../second/invite-button";
import type { Session } from "../session/session";
import { shortcutOf } from "../tools/keys";
import { toolsFor } from "../tools/tool-list";
import { useRights } from "../tools/use-rights";
import { usePart } from "../use-store";
import { commands } from "./commands";
import { Group } from "./group";
import { ShortcutsButton, ShortcutsDialog } from "./shortcuts";

type SessionGroupProps = { session: Session; onEnd: () => void };

/** 세션 [Session]: what the customer is asked for, the list of keys, and the end. */
export function SessionGroup({ session, onEnd }: SessionGroupProps) {
  const { t } = useI18n();
  const [shortcuts, setShortcuts] = useState(false);
  const isSecond = usePart(session.summary, (summary) => summary.second?.isYou === true);
  const rights = useRights(session);
  const openShortcuts = useCallback(() => setShortcuts(true), []);
  return (
    <Group label={t("console-group-session")}>
      <RightsMenu session={session} />
      <InviteButton session={session} />
      <ShortcutsButton onPress={openShortcuts} />
      <Hint text={shortcutOf(commands.end)}>
        <Button small look="danger" onPress={onEnd}>
          {t(isSecond ? "console-second-leave" : "console-end")}
        </Button>
      </Hint>
      <ShortcutsDialog
        tools={toolsFor(rights)}
        open={shortcuts}
        onOpen={openShortcuts}
        onClose={() => setShortcuts(false)}
      />
    </Group>
  );
}
