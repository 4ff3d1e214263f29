import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../api/problem-text";
import { useI18n } from "../i18n/i18n";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { FormDialog } from "../ui/dialog";
import { Moment } from "../ui/moment";
import { browserName } from "./browser-name";
import styles from "./own.module.css";
import type { OwnPort, OwnSignIns } from "./own-port";

/** Where this account is signed in, and the way to end all of it. */
export function OwnSignInsList({ own, port }: { own: OwnSignIns; port: OwnPort }) {
  const i18n = useI18n();
  const { t } = i18n;
  const [asks, setAsks] = useState(false);
  const end = useMutation({ mutationFn: port.signOutEverywhere, onSuccess: port.signedOut });
  return (
    <div className={styles["stack"]}>
      <ul className={styles["list"]}>
        {own.sign_ins.map((place) => (
          <li key={`${place.created_at_ms} ${place.address}`} className={styles["place"]}>
            <span>
              {browserName(place.browser)}{" "}
              {place.is_this && <Badge tone="good">{t("shared-own-this")}</Badge>}
            </span>
            <span className={styles["soft"]}>
              {place.address} · {t("shared-own-last-seen")} <Moment at_ms={place.last_seen_ms} />
            </span>
          </li>
        ))}
      </ul>
      <div className={styles["start"]}>
        <Button onPress={() => setAsks(true)}>{t("shared-own-end")}</Button>
      </div>
      <FormDialog
        title={t("shared-own-end")}
        open={asks}
        onClose={() => setAsks(false)}
        onSubmit={() => end.mutate()}
        submitLabel={t("shared-own-end")}
        pending={end.isPending}
        error={end.error === null ? undefined : problemText(end.error, i18n)}
        danger
      >
        <p>{t("shared-own-end-text")}</p>
      </FormDialog>
    </div>
  );
}
