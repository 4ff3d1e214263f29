import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../stage/notices.module.css";
import { usePart } from "../use-store";

/** Those that change what happens by themselves; safe mode is said where it is asked for. */
const SAID: readonly string[] = ["keep_uac", "always_relay"];

/** Options that change nothing on this customer's machine: nobody shall count on them [S-16, S-17]. */
export function NotInEffect({ session }: { session: Session }) {
  const { t } = useI18n();
  const options = usePart(session.live, (live) => live.notInEffect);
  const [read, setRead] = useState<readonly string[] | null>(null);
  const said = options.filter((option) => SAID.includes(option));
  if (said.length === 0 || read === options) return null;
  return (
    <p className={styles["info"]}>
      <span>{said.map((option) => t(`console-not-in-effect-${option.replaceAll("_", "-")}`)).join(" ")}</span>
      <Button small look="quiet" onPress={() => setRead(options)}>
        {t("console-dismiss")}
      </Button>
    </p>
  );
}
