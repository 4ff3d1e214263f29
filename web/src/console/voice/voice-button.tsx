import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Hint } from "../../shared/ui/hint";
import type { Session } from "../session/session";
import { shortcutOf } from "../tools/keys";
import { VOICE_KEY } from "../tools/tool-list";
import { useRights } from "../tools/use-rights";
import { usePart } from "../use-store";

/** 음성 [Voice]: asks the customer to talk, or ends it. Not there where nobody may. */
export function VoiceButton({ session, className }: { session: Session; className: string }) {
  const { t } = useI18n();
  const stage = usePart(session.voice.now, (now) => now.stage);
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  if (!useRights(session).talk && stage === "off") return null;
  return (
    <Hint text={shortcutOf({ key: VOICE_KEY })}>
      <ToggleButton
        className={className}
        isSelected={stage !== "off"}
        isDisabled={stage === "off" && (link !== "connected" || paused)}
        onChange={() => session.voice.toggle()}
      >
        {t("console-voice")}
      </ToggleButton>
    </Hint>
  );
}
