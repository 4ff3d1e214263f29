import { type FormEvent, useState } from "react";
import { PartKind } from "../../generated/proto/beside/v1/common_pb";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { Radios } from "../../shared/ui/radios";
import type { Session } from "../session/session";
import { usePart } from "../use-store";

type PartDialogProps = { session: Session; open: boolean; onClose: () => void };

/** 부분공유 [Partial share]: asks the customer to share another part of the screen, and the customer decides [F-01]. */
export function PartDialog({ session, open, onClose }: PartDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("console-tool-name-partial-share")} open={open} onClose={onClose}>
      <PartForm session={session} onClose={onClose} />
    </Dialog>
  );
}

const KINDS: Readonly<Record<string, PartKind>> = { desktop: PartKind.DESKTOP, window: PartKind.WINDOW };

function PartForm({ session, onClose }: Omit<PartDialogProps, "open">) {
  const { t } = useI18n();
  const displays = usePart(session.live, (live) => live.displays);
  const customerKind = usePart(session.summary, (summary) => summary.customerKind);
  const [wanted, setWanted] = useState("any");
  const [failed, setFailed] = useState(false);
  const monitors = displays.length > 1 ? displays : [];
  // A browser's customer chooses in the browser's own dialog, and nothing more can be said there.
  const isApp = customerKind !== "browser";
  const choices = [
    { value: "any", label: t("console-part-any") },
    ...(isApp ? ["desktop", "window"].map((value) => ({ value, label: t(`console-part-${value}`) })) : []),
    ...(isApp
      ? monitors.map(({ id, name }) => ({
          value: `monitor-${id}`,
          label: t("console-part-monitor", { name }),
        }))
      : []),
    ...(isApp ? [{ value: "area", label: t("console-part-area") }] : []),
  ];
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === "area") {
      session.drawsPart.set(true);
      onClose();
      return;
    }
    const monitor = monitors.find(({ id }) => wanted === `monitor-${id}`);
    const value =
      monitor === undefined
        ? { kind: KINDS[wanted] ?? PartKind.UNSPECIFIED }
        : { kind: PartKind.MONITOR, display: monitor.id };
    if (session.sendToPeer({ case: "askPart", value })) onClose();
    else setFailed(true);
  };
  return (
    <form onSubmit={ask}>
      <Radios
        label={t("console-part-ask-for")}
        hint={t("console-part-hint")}
        choices={choices}
        value={wanted}
        onChange={setWanted}
      />
      {failed && <p role="alert">{t("console-tool-not-connected")}</p>}
      <DialogActions>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button type="submit" look="primary">
          {t(wanted === "area" ? "console-part-draw" : "console-part-ask")}
        </Button>
      </DialogActions>
    </form>
  );
}
