import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { sizeText } from "../../../shared/i18n/formats";
import { useI18n } from "../../../shared/i18n/i18n";
import { Button } from "../../../shared/ui/button";
import { Moment } from "../../../shared/ui/moment";
import { Card } from "../../../shared/ui/page";
import { ExportLink } from "../../export-link";
import { recordingFileHref, recordingsQuery, type SupportRecord } from "../records-api";
import { clockText } from "./clock-text";
import styles from "./recording.module.css";
import { RecordingCopy } from "./recording-copy";
import { isFilmUnderWay, RecordingFilm } from "./recording-film";

/** How often a video file that is being made is looked at. */
const EVERY_MS = 3_000;

/** Loaded when it is first wanted: it brings the console's decoder. */
const RecordingView = lazy(() =>
  import("./recording-view").then(({ RecordingView: view }) => ({ default: view })),
);

/** What was recorded of a session [F-13]; nothing where nothing was. */
export function RecordRecordings({ record }: { record: SupportRecord }) {
  const { t, locale } = useI18n();
  const [playing, setPlaying] = useState<string | null>(null);
  const isUnderWay = isFilmUnderWay(record.recordings);
  const { data: fresh } = useQuery({
    ...recordingsQuery(record.id),
    enabled: isUnderWay,
    refetchInterval: ({ state }) =>
      isFilmUnderWay(state.data?.recordings ?? record.recordings) ? EVERY_MS : false,
  });
  // What was heard while it was being made is older than a record that has it ready.
  const recordings = (isUnderWay ? fresh?.recordings : undefined) ?? record.recordings;
  if (recordings.length === 0) return null;
  const played = recordings.find(({ id }) => id === playing);
  return (
    <Card title={t("manage-recordings")}>
      <ul className={styles["list"]}>
        {recordings.map((recording) => {
          const no = String(recording.no);
          return (
            <li key={recording.id}>
              <span className={styles["facts"]}>
                <strong>{t("manage-recording-no", { no })}</strong>
                <Moment at_ms={recording.began_at_ms} timeOnly />
                <span>{clockText(recording.length_ms)}</span>
                <span>{sizeText(recording.size_bytes, locale)}</span>
                <span>
                  {t(
                    recording.ended_at_ms === null
                      ? "manage-recording-running"
                      : `manage-why-recording-${recording.why}`,
                  )}
                </span>
              </span>
              <span className={styles["actions"]}>
                <Button
                  small
                  isDisabled={recording.pieces === 0}
                  onPress={() => setPlaying(recording.id === playing ? null : recording.id)}
                >
                  {t(recording.id === playing ? "manage-recording-close" : "manage-recording-play", { no })}
                </Button>
                <ExportLink href={recordingFileHref(record.id, recording.id)} small>
                  {t("manage-recording-save")}
                </ExportLink>
              </span>
              <code className={styles["digest"]} title={t("manage-recording-digest")}>
                {recording.digest}
              </code>
              <RecordingFilm record={record.id} recording={recording} />
            </li>
          );
        })}
      </ul>
      <RecordingCopy record={record} />
      {played !== undefined && (
        <Suspense fallback={<p role="status">{t("manage-recording-loading")}</p>}>
          <RecordingView key={played.id} record={record} recording={played} />
        </Suspense>
      )}
    </Card>
  );
}
