import { useMutation } from "@tanstack/react-query";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { createSession } from "../console-api";
import { useWorkspace } from "../workspace/use-workspace";

/** A second press this soon is the other half of a double click. */
const DOUBLE_CLICK_MS = 500;

/** The button itself may be another by then: the new session's page has one, too. */
let pressedAt_ms = Number.NEGATIVE_INFINITY;

/** 새 세션 [New session]: makes a code and shows it in a tab of its own. */
export function NewSessionButton() {
  const i18n = useI18n();
  const workspace = useWorkspace();
  const notify = useNotify();
  const make = useMutation({
    mutationFn: createSession,
    onSuccess: ({ id, code, link, code_expires_at_ms }) =>
      workspace.created({ id, code, link, expiresAt_ms: code_expires_at_ms }),
    onError: (error) => notify(problemText(error, i18n)),
  });
  const press = () => {
    const now_ms = performance.now();
    if (now_ms - pressedAt_ms < DOUBLE_CLICK_MS) return;
    pressedAt_ms = now_ms;
    make.mutate();
  };
  return (
    <Button look="primary" onPress={press} isPending={make.isPending}>
      {i18n.t("console-new-session")}
    </Button>
  );
}
