import { ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Said } from "../../shared/ui/said";
import type { Session } from "../session/session";
import { useStore } from "../use-store";
import { DevicesMenu } from "./devices-menu";
import styles from "./voice.module.css";
import { voiceText } from "./voice-text";

/** How the voice stands, above the picture: who is heard how loud, what is missing, and whose microphone is off [F-14]. */
export function VoiceBar({ session }: { session: Session }) {
  const { t } = useI18n();
  const { voice } = session;
  const now = useStore(voice.now);
  const { key, grave } = voiceText(now);
  const runs = now.stage === "on" || now.stage === "held";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div className={styles["bar"]} role="group" aria-label={t("console-tool-name-voice-chat")}>
      <Said className={styles["state"]} data-grave={grave}>
        {key !== null && t(key)}
      </Said>
      {runs && <Meters session={session} />}
      {runs && (
        <ToggleButton
          className={styles["toggle"] ?? ""}
          isSelected={now.muted || now.aside}
          isDisabled={now.stage === "held"}
          onChange={(muted) => voice.setMuted(muted)}
        >
          {t(now.aside ? "console-voice-here" : now.muted ? "console-voice-unmute" : "console-voice-mute")}
        </ToggleButton>
      )}
      {now.stage !== "off" && <DevicesMenu />}
      <div className={styles["end"]}>
        {now.stage === "off" ? (
          <Button small look="quiet" onPress={() => voice.dismiss()}>
            {t("console-close")}
          </Button>
        ) : (
          <Button small onPress={() => voice.end()}>
            {t(now.stage === "asked" ? "console-voice-withdraw" : "console-voice-end")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Meters({ session }: { session: Session }) {
  const { t } = useI18n();
  const { said, heard } = useStore(session.voice.levels);
  return (
    <>
      <Meter label={t("console-voice-said")} level={said} />
      <Meter label={t("console-voice-heard")} level={heard} />
    </>
  );
}

function Meter({ label, level }: { label: string; level: number }) {
  return (
    <span className={styles["meter"]}>
      <span className={styles["meterName"]}>{label}</span>
      <meter className={styles["level"]} min={0} max={100} value={level} aria-label={label} />
    </span>
  );
}
