import { useState } from "react";
import type { components } from "../../generated/api.ts";
import { sizeText } from "../i18n/formats";
import { useI18n } from "../i18n/i18n";
import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";
import styles from "./kept-captures.module.css";
import { Moment } from "./moment";

type Capture = components["schemas"]["Capture"];

type KeptCapturesProps = {
  captures: readonly Capture[];
  /** Where a picture is. */
  addressOf: (id: string) => string;
};

/** Still pictures that were kept of a session [F-08], small; each opens large. */
export function KeptCaptures({ captures, addressOf }: KeptCapturesProps) {
  const { t } = useI18n();
  const [open, setOpen] = useState<Capture | null>(null);
  return (
    <>
      <ul className={styles["list"]}>
        {captures.map((capture) => (
          <li key={capture.id} className={styles["one"]}>
            <button type="button" className={styles["open"]} onClick={() => setOpen(capture)}>
              <Picture capture={capture} address={addressOf(capture.id)} className={styles["small"] ?? ""} />
            </button>
            <span className={styles["facts"]}>
              {t("shared-capture-no", { no: String(capture.no) })} · <Moment at_ms={capture.at_ms} timeOnly />
            </span>
            {capture.description !== "" && <span className={styles["facts"]}>{capture.description}</span>}
          </li>
        ))}
      </ul>
      {open !== null && (
        <LargeCapture capture={open} address={addressOf(open.id)} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

type LargeProps = { capture: Capture; address: string; onClose: () => void };

function LargeCapture({ capture, address, onClose }: LargeProps) {
  const { t, locale } = useI18n();
  const { width_px, height_px, size_bytes, sha256 } = capture;
  const size = sizeText(size_bytes, locale);
  return (
    <Dialog title={t("shared-capture-no", { no: String(capture.no) })} open onClose={onClose} wide>
      <Picture capture={capture} address={address} className={styles["large"] ?? ""} />
      {capture.description !== "" && <p>{capture.description}</p>}
      <p className={styles["facts"]}>
        <Moment at_ms={capture.at_ms} /> · {width_px} × {height_px} · {size}
      </p>
      <code className={styles["digest"]} title="SHA-256">
        {sha256}
      </code>
      <DialogActions>
        <Button onPress={onClose}>{t("shared-close")}</Button>
        <a className={styles["download"]} href={address} download={`capture-${capture.no}.png`}>
          {t("shared-capture-download")}
        </a>
      </DialogActions>
    </Dialog>
  );
}

function Picture({ capture, address, className }: { capture: Capture; address: string; className: string }) {
  const { t } = useI18n();
  const [failed, setFailed] = useState(false);
  const { no, description, width_px, height_px } = capture;
  const alt = description || t("shared-capture-alt", { no: String(no), size: `${width_px} × ${height_px}` });
  if (failed) return <span className={styles["failed"]}>{t("shared-capture-failed", { alt })}</span>;
  return (
    <img
      src={address}
      alt={alt}
      width={width_px}
      height={height_px}
      loading="lazy"
      className={className}
      onError={() => setFailed(true)}
    />
  );
}
