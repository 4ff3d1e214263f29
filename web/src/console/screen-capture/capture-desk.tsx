import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import type { PictureRect } from "../../shared/picture/decoder";
import { Button } from "../../shared/ui/button";
import { DialogActions } from "../../shared/ui/dialog";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { saveBlob } from "../../shared/ui/save-text";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import { capturesQuery, keepCapture } from "../console-api";
import type { Session } from "../session/session";
import { type Side, whole, withSide } from "./area";
import styles from "./capture.module.css";
import { CapturePreview } from "./capture-preview";
import { pngOf, type Taken } from "./take-capture";

const WHOLE = "whole";
const PART = "part";
const SIDES = ["x", "y", "width", "height"] as const;

type DeskProps = {
  session: Session;
  taken: Extract<Taken, { ok: true }>;
  onAgain: () => void;
  onClose: () => void;
};

/** The still picture, what of it is wanted, and what becomes of it. */
export function CaptureDesk({ session, taken, onAgain, onClose }: DeskProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const { still, displays } = taken;
  const [choice, setChoice] = useState(WHOLE);
  const [area, setArea] = useState<PictureRect>(whole(still.canvas));
  const [description, setDescription] = useState("");
  const keep = useKeep(session, description);
  const choose = (next: string) => {
    setChoice(next);
    keep.reset();
    if (next === WHOLE) setArea(whole(still.canvas));
    else if (next !== PART) setArea(displays[Number(next)]?.area ?? area);
  };
  const part = (next: PictureRect) => {
    setChoice(PART);
    setArea(next);
    keep.reset();
  };
  const save = async () => saveBlob(fileName(session), await pngOf(still, area));
  const copy = async () => {
    try {
      // As a promise: some browsers let nothing be copied once a press has been waited behind.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(still, area) })]);
      notify(t("console-capture-copied"));
    } catch {
      notify(t("console-capture-not-copied"));
    }
  };
  const choices = [
    { value: WHOLE, label: t("console-capture-whole") },
    ...(displays.length < 2
      ? []
      : displays.map(({ name }, at) => ({
          value: String(at),
          label: t("console-capture-display", { number: String(at + 1), name }),
        }))),
    { value: PART, label: t("console-capture-part") },
  ];
  return (
    <div className={styles["desk"]}>
      <CapturePreview still={still} area={area} onArea={part} />
      <p role="status" className={styles["truth"]} data-truth={still.truth}>
        {t(`console-capture-${still.truth}`)}
      </p>
      <div className={styles["fields"]}>
        <Select
          label={t("console-capture-area")}
          name="area"
          choices={choices}
          value={choice}
          onChange={choose}
          placeholder={t("shared-select-placeholder")}
        />
        {SIDES.map((side) => (
          <SideField
            key={side}
            side={side}
            value={area[side]}
            onTyped={(typed) => part(withSide(area, side, typed, still.canvas))}
          />
        ))}
      </div>
      <TextField
        label={t("console-capture-description")}
        name="description"
        value={description}
        onChange={setDescription}
        hint={t("console-capture-description-hint")}
        error={fieldTexts(keep.error, i18n)["description"]}
        maxLength={200}
        autoComplete="off"
      />
      {keep.error !== null && fieldTexts(keep.error, i18n)["description"] === undefined && (
        <ErrorNote>{problemText(keep.error, i18n)}</ErrorNote>
      )}
      <DialogActions>
        <Button onPress={onClose}>{t("console-close")}</Button>
        <Button onPress={onAgain}>{t("console-capture-again")}</Button>
        <Button onPress={() => void copy()}>{t("console-copy")}</Button>
        <Button onPress={() => void save()}>{t("console-capture-save")}</Button>
        <Button
          look={keep.isSuccess ? "secondary" : "primary"}
          isPending={keep.isPending}
          // Not disabled once it is kept: the focus would be lost, and Escape with it.
          onPress={() => {
            if (!keep.isSuccess) keep.mutate(pngOf(still, area));
          }}
        >
          {t(keep.isSuccess ? "console-capture-kept" : "console-capture-keep")}
        </Button>
      </DialogActions>
    </div>
  );
}

/** One number of the part; it counts once the field is left, so that nothing jumps while it is typed. */
function SideField({
  side,
  value,
  onTyped,
}: {
  side: Side;
  value: number;
  onTyped: (typed: string) => void;
}) {
  const { t } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      label={t(`console-capture-${side}`)}
      name={side}
      value={typed ?? String(value)}
      onChange={setTyped}
      onBlur={() => {
        if (typed !== null && typed !== String(value)) onTyped(typed);
        setTyped(null);
      }}
      inputMode="numeric"
      maxLength={5}
      autoComplete="off"
    />
  );
}

/** Keeps a picture in the session's record; the record's form shows it at once. */
function useKeep(session: Session, description: string) {
  const { t } = useI18n();
  const notify = useNotify();
  const queries = useQueryClient();
  const { id } = session.summary.get();
  return useMutation({
    mutationFn: async (png: Promise<Blob>) => keepCapture(id, await png, description),
    onSuccess: () => {
      notify(t("console-capture-kept-note"));
      return queries.invalidateQueries({ queryKey: capturesQuery(id).queryKey });
    },
  });
}

/** "pc-20260131-140502.png". */
function fileName(session: Session): string {
  const host = session.summary.get().machine?.hostName || "screen";
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("");
  return `${host}-${day}-${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join("")}.png`;
}
