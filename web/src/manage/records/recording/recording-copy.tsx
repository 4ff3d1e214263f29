import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemText } from "../../../shared/api/problem-text";
import { useI18n } from "../../../shared/i18n/i18n";
import { Button } from "../../../shared/ui/button";
import { ErrorNote } from "../../../shared/ui/note";
import { useNotify } from "../../../shared/ui/notify";
import { makeRecordingCopy, type SupportRecord } from "../records-api";
import styles from "./recording.module.css";

/** What the record has of the customer's own wish, which was heard while the session ran. */
const WISHED = "recording-copy-wished";

/** The customer's copy of what was recorded [F-13]: whether they asked for one, and a link to be sent to them. Nothing while the session runs. */
export function RecordingCopy({ record }: { record: SupportRecord }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: () => makeRecordingCopy(record.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["records"] }),
  });
  if (typeof record.ended_at_ms !== "number" || !record.recordings.some(({ pieces }) => pieces > 0))
    return null;
  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link);
      notify(t("shared-copied"));
    } catch {
      notify(t("shared-not-copied"));
    }
  };
  const link = making.data?.link;
  const wished = record.timeline.some(({ kind, source }) => kind === WISHED && source === "customer");
  return (
    <section className={styles["copy"]} aria-label={t("manage-recording-copy")}>
      <span className={styles["facts"]}>
        <strong>{t("manage-recording-copy")}</strong>
        {wished && <span>{t("manage-recording-copy-wished")}</span>}
      </span>
      <Button
        small
        look={wished && link === undefined ? "primary" : "secondary"}
        isDisabled={making.isPending}
        onPress={() => making.mutate()}
      >
        {t("manage-recording-copy-link")}
      </Button>
      {making.error !== null && <ErrorNote>{problemText(making.error, i18n)}</ErrorNote>}
      {link !== undefined && (
        <div className={styles["link"]} role="status">
          <p>{t("manage-recording-copy-means")}</p>
          <code>{link}</code>
          <Button small look="primary" onPress={() => void copy(link)}>
            {t("shared-copy")}
          </Button>
        </div>
      )}
    </section>
  );
}
