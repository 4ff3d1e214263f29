import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemText } from "../../../shared/api/problem-text";
import { sizeText } from "../../../shared/i18n/formats";
import { useI18n } from "../../../shared/i18n/i18n";
import { Button } from "../../../shared/ui/button";
import { ErrorNote } from "../../../shared/ui/note";
import { ExportLink } from "../../export-link";
import { recordingFilmHref, type SupportRecord, tryRecordingFilmAgain } from "../records-api";
import styles from "./recording.module.css";

type FilmProps = { record: string; recording: SupportRecord["recordings"][number] };

/** The file that every player plays: how far it is, or to be saved [F-13]. Nothing while the recording runs. */
export function RecordingFilm({ record, recording }: FilmProps) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => tryRecordingFilmAgain(record, recording.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["records"] }),
  });
  const { film } = recording;
  if (recording.ended_at_ms === null || recording.pieces === 0) return null;
  return (
    <div className={styles["film"]}>
      <span className={styles["facts"]}>
        <span>{t("manage-recording-film")}</span>
        <span role="status">
          {film.size_bytes === null
            ? t(`manage-recording-film-${film.state}`, {
                percent: String(film.percent),
                why: film.why === "" ? "" : t(`manage-why-film-${film.why}`),
              })
            : sizeText(film.size_bytes, locale)}
        </span>
      </span>
      {film.state === "ready" && (
        <ExportLink href={recordingFilmHref(record, recording.id)} small>
          {t("manage-recording-film-save", { no: String(recording.no) })}
        </ExportLink>
      )}
      {film.state === "failed" && (
        <Button small isDisabled={again.isPending} onPress={() => again.mutate()}>
          {t("manage-recording-film-again", { no: String(recording.no) })}
        </Button>
      )}
      {again.error !== null && <ErrorNote>{problemText(again.error, i18n)}</ErrorNote>}
      {film.sha256 !== null && (
        <code className={styles["digest"]} title={t("manage-recording-film-digest")}>
          {film.sha256}
        </code>
      )}
    </div>
  );
}

/** Whether one of them will be another one soon. */
export function isFilmUnderWay(recordings: SupportRecord["recordings"]): boolean {
  return recordings.some(
    ({ film, ended_at_ms, pieces }) =>
      ended_at_ms !== null && pieces > 0 && (film.state === "waiting" || film.state === "making"),
  );
}
