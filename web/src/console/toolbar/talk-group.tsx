import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Hint } from "../../shared/ui/hint";
import { shortcutOf } from "../tools/keys";
import { commands } from "./commands";
import { Group } from "./group";
import styles from "./toolbar.module.css";

type TalkGroupProps = { chatShown: boolean; onChat: (shown: boolean) => void };

/** 대화 [Talk]: chat and voice with the customer. */
export function TalkGroup({ chatShown, onChat }: TalkGroupProps) {
  const { t } = useI18n();
  return (
    <Group label={t("console-group-talk")}>
      <Hint text={shortcutOf(commands.chat)}>
        <ToggleButton className={styles["toggle"] ?? ""} isSelected={chatShown} onChange={onChat}>
          {t("console-chat")}
        </ToggleButton>
      </Hint>
    </Group>
  );
}
