import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./recording.module.css";

const SECOND_MS = 1_000;

/** That the session is recorded, and for how long; a press stops it. Nothing while it is not. */
export function RecordingSign({ session }: { session: Session }) {
  const { t } = useI18n();
  const recording = usePart(session.live, (live) => live.recording);
  if (recording.kind !== "on" && recording.kind !== "held") return null;
  const held = recording.kind === "held";
  return (
    <button
      type="button"
      className={styles["sign"]}
      data-held={held}
      title={t("console-recording-stop")}
      onClick={() => session.setRecording(false)}
    >
      <span className={styles["dot"]} aria-hidden="true" />
      {t(held ? "console-recording-held" : "console-recording-on")}
      {recording.kind === "on" && <Time since_ms={recording.since_ms} />}
      <span className="visually-hidden"> {t("console-recording-stop")}</span>
    </button>
  );
}

function Time({ since_ms }: { since_ms: number }) {
  const [now_ms, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now_ms - since_ms) / SECOND_MS));
  const two = (value: number) => String(value).padStart(2, "0");
  return (
    <span aria-hidden="true" className={styles["time"]}>
      {Math.floor(seconds / 60)}:{two(seconds % 60)}
    </span>
  );
}
