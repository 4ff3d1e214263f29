import { useI18n } from "../../shared/i18n/i18n";
import { Said } from "../../shared/ui/said";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./curtain.module.css";

/** In the place of the picture while the customer does not want to be seen; null: they do. */
export function useCurtain(session: Session): "paused" | "not-seen" | null {
  const paused = usePart(session.live, (live) => live.paused);
  const seen = usePart(session.live, (live) => live.rights?.view ?? true);
  if (paused) return "paused";
  return seen ? null : "not-seen";
}

/** Says why there is no picture. What was seen before is not left to be looked at. */
export function Curtain({ why }: { why: "paused" | "not-seen" }) {
  const { t } = useI18n();
  return (
    <Said className={styles["curtain"]}>
      <p className={styles["title"]}>{t(`console-${why}`)}</p>
      <p className={styles["means"]}>{t(`console-${why}-means`)}</p>
    </Said>
  );
}
