import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import frame from "../frame/frame.module.css";
import type { SessionSummary } from "../session/session-view";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import { acceptInvitation, endInvitation } from "./second-api";
import type { SecondView } from "./second-view";

/** Another operator's invitation, wherever in the console one is [F-18]. */
export function InvitedNotes() {
  const workspace = useWorkspace();
  const invitations = useStore(workspace.invitations);
  return invitations.map((summary) =>
    summary.second === null ? null : (
      <InvitedNote key={summary.id} summary={summary} second={summary.second} />
    ),
  );
}

/** What became of an invitation that was not this operator's to end. */
export function InvitationOver() {
  const { t } = useI18n();
  const { invitationOver } = useWorkspace();
  const over = useStore(invitationOver);
  return (
    // There before its words, so that they are read out.
    <div role="status">
      {over !== null && (
        <p className={`${frame["note"]} ${frame["warning"]}`}>
          {t(`console-second-over-${over.state}`, { operator: over.operator })}
          <Button small look="quiet" onPress={() => invitationOver.set(null)}>
            {t("console-dismiss")}
          </Button>
        </p>
      )}
    </div>
  );
}

function InvitedNote({ summary, second }: { summary: SessionSummary; second: SecondView }) {
  const i18n = useI18n();
  const { t } = i18n;
  const workspace = useWorkspace();
  const accept = useMutation({
    mutationFn: () => acceptInvitation(summary.id),
    onMutate: () => workspace.accepting(summary.id),
  });
  const decline = useMutation({ mutationFn: () => endInvitation(summary.id) });
  const error = accept.error ?? decline.error;
  const left_s = useSecondsLeft(second.expiresAt_ms);
  return (
    <div role="alert" className={`${frame["note"]} ${frame["warning"]}`}>
      <span>
        {t(`console-second-invites-${second.role}`, { operator: second.operator })}
        {second.reason !== "" && ` “${second.reason}”`}
        {error !== null && ` ${problemText(error, i18n)}`}
      </span>
      {second.state === "invited" ? (
        <>
          <Button small look="primary" isPending={accept.isPending} onPress={() => accept.mutate()}>
            {t("console-second-accept")}
          </Button>
          <Button small isPending={decline.isPending} onPress={() => decline.mutate()}>
            {t("console-second-decline")}
          </Button>
          <span aria-hidden="true">{t("console-second-left", { seconds: left_s })}</span>
        </>
      ) : (
        <span>{t("console-second-customer-asked")}</span>
      )}
    </div>
  );
}

function useSecondsLeft(until_ms: number): number {
  const left = () => Math.max(0, Math.round((until_ms - Date.now()) / 1_000));
  const [left_s, setLeft] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.round((until_ms - Date.now()) / 1_000))), 1_000);
    return () => clearInterval(timer);
  }, [until_ms]);
  return left_s;
}
