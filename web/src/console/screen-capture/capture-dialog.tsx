import { useCallback, useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions } from "../../shared/ui/dialog";
import { ErrorNote } from "../../shared/ui/note";
import { Loading } from "../../shared/ui/states";
import type { Session } from "../session/session";
import { useProblemText } from "../tools/use-problem-text";
import { CaptureDesk } from "./capture-desk";
import { type Taken, takeCapture } from "./take-capture";

/** 화면 캡처 [Screen capture]: a still picture of the customer's screen, to be saved, copied, or kept in the record [F-08]. */
export function CaptureDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [taken, setTaken] = useState<Taken | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish for another picture is a round of its own.
  useEffect(() => {
    let gone = false;
    setTaken(null);
    void takeCapture(session).then((next) => {
      if (!gone) setTaken(next);
    });
    return () => {
      gone = true;
    };
  }, [session, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return (
    <Dialog title={t("console-tool-name-screen-capture")} open onClose={onClose} wide={taken?.ok === true}>
      {taken === null ? (
        <>
          <Loading />
          <p>{t("console-capture-waiting")}</p>
          <DialogActions>
            <Button onPress={onClose}>{t("console-cancel")}</Button>
          </DialogActions>
        </>
      ) : taken.ok ? (
        <CaptureDesk key={round} session={session} taken={taken} onAgain={again} onClose={onClose} />
      ) : (
        <>
          <ErrorNote>{problemText(taken.problem, taken.detail)}</ErrorNote>
          <DialogActions>
            <Button onPress={onClose}>{t("console-close")}</Button>
            <Button look="primary" onPress={again}>
              {t("console-capture-again")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
