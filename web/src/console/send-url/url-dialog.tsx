import { type FormEvent, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { TextField } from "../../shared/ui/text-field";
import type { Session } from "../session/session";
import { useProblemText } from "../tools/use-problem-text";
import { readAddress } from "./web-address";

type UrlDialogProps = { session: Session; open: boolean; onClose: () => void };

/** URL 전송 [Send URL]: opens a page in the customer's browser [F-04]. */
export function UrlDialog({ session, open, onClose }: UrlDialogProps) {
  const { t } = useI18n();
  return (
    <Dialog title={t("console-tool-name-send-url")} open={open} onClose={onClose}>
      <UrlForm session={session} onClose={onClose} />
    </Dialog>
  );
}

function UrlForm({ session, onClose }: Omit<UrlDialogProps, "open">) {
  const { t } = useI18n();
  const notify = useNotify();
  const problemText = useProblemText();
  const [text, setText] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const address = readAddress(text);
    if ("problem" in address) {
      setError(t(`console-url-${address.problem}`));
      return;
    }
    setBusy(true);
    const outcome = await session.tools.run({ case: "openUrl", value: { url: address.url } });
    setBusy(false);
    if (!outcome.ok) {
      setError(problemText(outcome.problem, outcome.detail));
      return;
    }
    notify(t("console-url-opened"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <TextField
        label={t("console-url-address")}
        name="url"
        value={text}
        onChange={(value) => {
          setText(value);
          setError(undefined);
        }}
        error={error}
        hint={t("console-url-hint")}
        placeholder="https://"
        maxLength={2048}
        autoComplete="off"
        autoFocus
      />
      <DialogActions>
        <Button onPress={onClose}>{t("console-cancel")}</Button>
        <Button type="submit" look="primary" isPending={busy}>
          {t("console-url-open")}
        </Button>
      </DialogActions>
    </form>
  );
}
