import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useI18n } from "../../../shared/i18n/i18n";
import { loadModule } from "../../../shared/picture/module";
import { Button } from "../../../shared/ui/button";
import { ErrorNote } from "../../../shared/ui/note";
import { Select } from "../../../shared/ui/select";
import { TextField } from "../../../shared/ui/text-field";
import { fetchRecordingPiece, findRecordingPieces, type SupportRecord } from "../records-api";
import { eventText } from "../timeline-text";
import { clockText } from "./clock-text";
import { found, momentsOf } from "./moments";
import { RecordingPlayer } from "./player";
import styles from "./recording.module.css";

const SPEEDS = ["0.5", "1", "2", "4", "8"] as const;
/** As browsers' makers write them. */
const CODEC_NAMES = { av1: "AV1", vp8: "VP8", vp9: "VP9", h264: "H.264" } as const;
/** By the arrow keys. */
const STEP_MS = 5_000;

type ViewProps = { record: SupportRecord; recording: SupportRecord["recordings"][number] };

/** A recording, played by the console's own decoder, with everything that happened meanwhile on one time line. */
export function RecordingView({ record, recording }: ViewProps) {
  const { t } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [player, setPlayer] = useState<RecordingPlayer | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let made: RecordingPlayer | null = null;
    let gone = false;
    const open = async () => {
      const [module, { pieces }] = await Promise.all([
        loadModule(),
        findRecordingPieces(record.id, recording.id),
      ]);
      if (gone || canvas.current === null) return;
      const fetchPiece = (no: number) => fetchRecordingPiece(record.id, recording.id, no);
      made = new RecordingPlayer(canvas.current, module, pieces, fetchPiece);
      setPlayer(made);
      await made.seek(pieces.find(({ state_ms }) => state_ms !== null)?.state_ms ?? 0);
    };
    open().catch(() => setFailed(true));
    return () => {
      gone = true;
      made?.close();
    };
  }, [record.id, recording.id]);
  return (
    <div className={styles["player"]}>
      <div className={styles["stage"]}>
        <canvas
          ref={canvas}
          className={styles["picture"]}
          aria-label={t("manage-recording-picture")}
          role="img"
        />
        {player !== null && <Pointer player={player} />}
      </div>
      {failed && <ErrorNote>{t("manage-recording-failed")}</ErrorNote>}
      {player !== null && <Controls player={player} />}
      {player !== null && <Moments player={player} record={record} recording={recording} />}
    </div>
  );
}

function usePlayer(player: RecordingPlayer) {
  return useSyncExternalStore(
    (listener) => player.state.subscribe(listener),
    () => player.state.get(),
  );
}

function Controls({ player }: { player: RecordingPlayer }) {
  const { t } = useI18n();
  const { at_ms, playing, failed, unknownCodec, speed, waiting, volume, muted } = usePlayer(player);
  const toggle = () => (playing ? player.pause() : void player.play());
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at_ms - STEP_MS, ArrowRight: at_ms + STEP_MS, Home: 0, End: player.length_ms }[
      event.key
    ];
    if (to !== undefined) void player.seek(to);
    else if (event.key === " ") toggle();
    else return;
    event.preventDefault();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame. */}
      <div
        className={styles["controls"]}
        role="group"
        aria-label={t("manage-recording-controls")}
        data-at-ms={Math.round(at_ms)}
        data-waiting={waiting}
      >
        <Button small look="primary" onPress={toggle}>
          {t(playing ? "manage-recording-pause" : "manage-recording-start")}
        </Button>
        <input
          type="range"
          className={styles["slider"]}
          aria-label={t("manage-recording-position")}
          aria-valuetext={t("manage-recording-time", {
            at: clockText(at_ms),
            length: clockText(player.length_ms),
          })}
          min={0}
          max={player.length_ms}
          step={100}
          value={Math.round(at_ms)}
          onKeyDown={keys}
          onChange={(event) => void player.seek(Number(event.target.value))}
        />
        <span className={styles["time"]} aria-hidden="true">
          {clockText(at_ms)} / {clockText(player.length_ms)}
        </span>
        <Button small onPress={() => player.setMuted(!muted)}>
          {t(muted ? "manage-recording-unmute" : "manage-recording-mute")}
        </Button>
        <input
          type="range"
          className={styles["volume"]}
          aria-label={t("manage-recording-volume")}
          aria-valuetext={t("manage-recording-volume-now", { percent: muted ? 0 : Math.round(volume * 100) })}
          min={0}
          max={1}
          step={0.05}
          value={muted ? 0 : volume}
          onChange={(event) => player.setVolume(Number(event.target.value))}
        />
        <Select
          label={t("manage-recording-speed")}
          name="speed"
          choices={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
          value={String(speed)}
          onChange={(value) => player.setSpeed(Number(value))}
          placeholder={t("shared-select-placeholder")}
        />
      </div>
      {failed && <ErrorNote>{t("manage-recording-failed")}</ErrorNote>}
      {unknownCodec !== null && (
        <ErrorNote>{t("manage-recording-unknown-codec", { codec: CODEC_NAMES[unknownCodec] })}</ErrorNote>
      )}
    </>
  );
}

/** The customer's pointer, above the picture: the pixels below stay what they were. */
function Pointer({ player }: { player: RecordingPlayer }) {
  const { pointer, shape, size } = usePlayer(player);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null || shape === null) return;
    canvas.current.width = shape.width;
    canvas.current.height = shape.height;
    canvas.current.getContext("2d")?.putImageData(new ImageData(shape.rgba, shape.width, shape.height), 0, 0);
  }, [shape]);
  if (pointer === null || size.width === 0) return null;
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;
  const place = {
    left: percent(pointer.x - (shape?.hotX ?? 0), size.width),
    top: percent(pointer.y - (shape?.hotY ?? 0), size.height),
    width: percent(shape?.width ?? 12, size.width),
  };
  return shape === null ? (
    <span className={styles["arrow"]} style={place} />
  ) : (
    <canvas ref={canvas} className={styles["shape"]} style={place} />
  );
}

function Moments({ player, record, recording }: ViewProps & { player: RecordingPlayer }) {
  const i18n = useI18n();
  const { t } = i18n;
  const [typed, setTyped] = useState("");
  const { at_ms } = usePlayer(player);
  const moments = useMemo(
    () =>
      momentsOf(record, recording, {
        event: (kind, detail) => eventText(kind, detail, i18n),
        chat: (author, text) => `${t(`manage-author-${author}`)}: ${text}`,
      }),
    [record, recording, i18n, t],
  );
  const shown = found(moments, typed);
  const now = shown.filter((moment) => moment.at_ms <= at_ms).at(-1);
  return (
    <div className={styles["moments"]}>
      <TextField
        label={t("manage-recording-search")}
        name="moment"
        value={typed}
        onChange={setTyped}
        hint={t("manage-recording-search-hint")}
        autoComplete="off"
        maxLength={200}
      />
      {shown.length === 0 ? (
        <p role="status">{t("manage-recording-search-none")}</p>
      ) : (
        <ol className={styles["momentList"]}>
          {shown.map((moment, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a kept timeline never changes its order.
            <li key={index}>
              <button
                type="button"
                className={styles["moment"]}
                aria-current={moment === now ? "true" : undefined}
                onClick={() => void player.seek(moment.at_ms)}
              >
                <span className={styles["time"]}>{clockText(moment.at_ms)}</span>
                <span className={styles["words"]}>{moment.text}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
