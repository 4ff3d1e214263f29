import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Hint } from "../../shared/ui/hint";
import type { Session } from "../session/session";
import { shortcutOf } from "../tools/keys";
import { useMedia } from "../use-media";
import { VoiceButton } from "../voice/voice-button";
import { commands } from "./commands";
import { Group } from "./group";
import styles from "./toolbar.module.css";

/** From here on there is room for the voice beside the chat; the longer language decides. */
const WIDE = "(min-width: 1200px)";

type TalkGroupProps = { session: Session; chatShown: boolean; onChat: (shown: boolean) => void };

/** 대화 [Talk]: chat and voice with the customer. */
export function TalkGroup({ session, chatShown, onChat }: TalkGroupProps) {
  const { t } = useI18n();
  const wide = useMedia(WIDE);
  return (
    <Group label={t("console-group-talk")}>
      <Hint text={shortcutOf(commands.chat)}>
        <ToggleButton className={styles["toggle"] ?? ""} isSelected={chatShown} onChange={onChat}>
          {t("console-chat")}
        </ToggleButton>
      </Hint>
      {/* Where there is no room for it, it is among the tools. */}
      {wide && <VoiceButton session={session} className={styles["toggle"] ?? ""} />}
    </Group>
  );
}
