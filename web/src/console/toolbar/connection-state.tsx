import { useState } from "react";
import { Button, Tooltip, TooltipTrigger } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { PartBadge } from "../partial-share/part-badge";
import type { Quality } from "../peer/quality";
import { RecordingSign } from "../recording/recording-sign";
import type { Session } from "../session/session";
import { usePart } from "../use-store";
import styles from "./connection-state.module.css";

/** Whether the picture equals the customer's screen, and how the connection does: figures under the pointer, or by a press. */
export function ConnectionState({ session }: { session: Session }) {
  const { t } = useI18n();
  const link = usePart(session.live, (live) => live.link);
  const quality = usePart(session.live, (live) => live.quality);
  const exact = usePart(session.live, (live) => live.exact);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles["state"]}>
      <RecordingSign session={session} />
      {link === "connected" && <PartBadge session={session} />}
      {link === "connected" && exact && (
        <span className={styles["exact"]} title={t("console-exact-means")}>
          {t("console-exact")}
        </span>
      )}
      <TooltipTrigger delay={200} isOpen={open} onOpenChange={setOpen}>
        <Button
          className={styles["link"] ?? ""}
          data-quality={grade(link, quality)}
          onPress={() => setOpen(true)}
        >
          {t(`console-link-${link}`)}
        </Button>
        <Tooltip className={styles["figures"] ?? ""} placement="bottom" offset={6}>
          {link === "connected" ? <Figures quality={quality} exact={exact} /> : t(`console-link-${link}`)}
        </Tooltip>
      </TooltipTrigger>
    </div>
  );
}

function Figures({ quality, exact }: { quality: Quality; exact: boolean }) {
  const { t } = useI18n();
  const { relayed, rtt_ms, loss_percent, received_bits_s, pictures_s } = quality;
  const unknown = t("console-figure-unknown");
  const figures = [
    ["path", relayed === null ? unknown : t(relayed ? "console-relayed" : "console-direct")],
    ["round-trip", rtt_ms === null ? unknown : t("console-milliseconds", { milliseconds: rtt_ms })],
    ["loss", loss_percent === null ? unknown : t("console-percent", { percent: round(loss_percent) })],
    [
      "rate",
      received_bits_s === null
        ? unknown
        : t("console-megabits", { rate: round(received_bits_s / 1_000_000) }),
    ],
    ["pictures", pictures_s === null ? unknown : t("console-a-second", { count: round(pictures_s) })],
    ["picture", t(exact ? "console-exact" : "console-not-exact")],
  ] as const;
  return (
    <dl>
      {figures.map(([name, words]) => (
        <div key={name} className={styles["figure"]}>
          <dt>{t(`console-figure-${name}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One place after the point below ten; more would flicker and say nothing. */
function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** A round trip above this is felt in every click. */
const SLOW_MS = 150;
const LOSSY_PERCENT = 3;

function grade(link: string, { rtt_ms, loss_percent }: Quality): "good" | "slow" | "none" {
  if (link !== "connected") return "none";
  return (rtt_ms ?? 0) > SLOW_MS || (loss_percent ?? 0) > LOSSY_PERCENT ? "slow" : "good";
}
