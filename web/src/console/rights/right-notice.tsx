import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../stage/notices.module.css";
import { useStore } from "../use-store";

/** Where the operator's question to the customer stands. */
export function RightNotice({ session }: { session: Session }) {
  const { t } = useI18n();
  const asked = useStore(session.asks.asked);
  if (asked === null) return null;
  const { right, state } = asked;
  const calm = state === "waiting" || state === "allowed";
  return (
    <p className={styles[calm ? "info" : "warning"]}>
      {t(`console-right-is-${state}`, { right: t(`console-right-${right}`) })}
      {state === "waiting" ? (
        <Button small onPress={() => session.asks.withdraw()}>
          {t("console-right-withdraw")}
        </Button>
      ) : (
        <Button small look="quiet" onPress={() => session.asks.dismiss()}>
          {t("console-dismiss")}
        </Button>
      )}
    </p>
  );
}
