import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useI18n } from "../i18n/i18n";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { type Idle, IdleWatch } from "./idle-watch";

type GuardProps = {
  idle: Idle;
  /** How many seconds the server leaves; null: nobody is signed in any more. */
  ask: () => Promise<number | null>;
  stay: () => Promise<void>;
  over: () => void;
};

const SIGNS = ["keydown", "pointerdown", "wheel"] as const;
const NO_WARNING = { get: () => null, subscribe: () => () => {} };

/** Warns before the automatic sign-out, with the way to stay, and tells the page when it has come. */
export function IdleGuard(props: GuardProps) {
  const { t } = useI18n();
  const watch = useWatch(props);
  const { get, subscribe } = watch?.warning ?? NO_WARNING;
  const left_s = useSyncExternalStore<number | null>(subscribe, get);
  const stay = () => void watch?.stay();
  return (
    <Dialog title={t("shared-idle-title")} open={left_s !== null} onClose={stay} alert>
      <p>{t("shared-idle-text", { seconds: left_s ?? 0 })}</p>
      <DialogActions>
        <Button look="primary" onPress={stay} autoFocus>
          {t("shared-idle-stay")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The watch, from when somebody is signed in to the end of the page's sign-in. */
function useWatch(props: GuardProps): IdleWatch | null {
  const [watch, setWatch] = useState<IdleWatch | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { after_s, left_s } = props.idle;
  useEffect(() => {
    const made = new IdleWatch(
      { after_s, left_s },
      {
        now: () => Date.now(),
        after: (delay_ms, task) => {
          const timer = setTimeout(task, delay_ms);
          return () => clearTimeout(timer);
        },
        ask: () => latest.current.ask(),
        stay: () => latest.current.stay(),
        over: () => latest.current.over(),
      },
    );
    const active = () => made.active();
    for (const sign of SIGNS) addEventListener(sign, active, { capture: true, passive: true });
    setWatch(made);
    return () => {
      made.stop();
      for (const sign of SIGNS) removeEventListener(sign, active, { capture: true });
    };
  }, [after_s, left_s]);
  return watch;
}
