import { useI18n } from "../../shared/i18n/i18n";
import { PartBadge } from "../partial-share/part-badge";
import type { Session } from "../session/session";
import { useMedia } from "../use-media";
import { usePart } from "../use-store";
import styles from "./toolbar.module.css";

/** Below this the words shrink to the shortest that still say it; the rest is in the tip. */
const NARROW = "(max-width: 900px)";

/** Whether the picture equals the customer's screen, and how the connection does. */
export function ConnectionState({ session }: { session: Session }) {
  const { t } = useI18n();
  const link = usePart(session.live, (live) => live.link);
  const quality = usePart(session.live, (live) => live.quality);
  const exact = usePart(session.live, (live) => live.exact);
  const narrow = useMedia(NARROW);
  const words = [t(`console-link-${link}`)];
  if (link === "connected") {
    if (quality.relayed !== null) words.push(t(quality.relayed ? "console-relayed" : "console-direct"));
    if (quality.rtt_ms !== null) words.push(t("console-round-trip", { milliseconds: quality.rtt_ms }));
  }
  const all = words.join(" · ");
  return (
    <div className={styles["state"]}>
      {link === "connected" && <PartBadge session={session} />}
      {link === "connected" && exact && (
        <span className={styles["exact"]} title={t("console-exact-means")}>
          {t("console-exact")}
        </span>
      )}
      <span
        className={styles["link"]}
        data-quality={grade(link, quality.rtt_ms)}
        title={narrow ? all : undefined}
      >
        {narrow ? words[0] : all}
      </span>
    </div>
  );
}

/** A round trip above this is felt in every click. */
const SLOW_MS = 150;

function grade(link: string, rtt_ms: number | null): "good" | "slow" | "none" {
  if (link !== "connected") return "none";
  return rtt_ms !== null && rtt_ms > SLOW_MS ? "slow" : "good";
}
