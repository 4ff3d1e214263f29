import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { createInvitation, type NewInvitation, type OperatorSession } from "../console-api";
import type { InvitationView, SessionSummary } from "../session/session-view";
import { InvitationDialog } from "./invitation-dialog";
import styles from "./invitations.module.css";

/** Sends code and link by e-mail or text message, where the server is set for it, and says what became of them. */
export function Invitations({ summary }: { summary: SessionSummary }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const me = useQueryClient().getQueryData<OperatorSession | null>(["me"]);
  const [way, setWay] = useState<NewInvitation["way"] | null>(null);
  // What was written stays in this page alone: the server keeps none of it but its end.
  const [written, setWritten] = useState<ReadonlyMap<string, NewInvitation>>(new Map());
  const send = useMutation({
    mutationFn: (invitation: NewInvitation) => createInvitation(summary.id, invitation),
    onSuccess: ({ id }, invitation) => {
      setWritten((before) => new Map(before).set(id, invitation));
      setWay(null);
    },
  });
  const again = (invitation: NewInvitation) =>
    send.mutate(invitation, { onError: (error) => notify(problemText(error, i18n)) });
  const ways = me?.invitation_ways ?? [];
  if (ways.length === 0) return null;
  const fields = fieldTexts(send.error, i18n);
  return (
    <div className={styles["invitations"]}>
      <div className={styles["ways"]}>
        <span className={styles["label"]}>{t("console-invite")}</span>
        {ways.map((each) => (
          <Button
            key={each}
            small
            onPress={() => {
              send.reset();
              setWay(each);
            }}
          >
            {t(`console-invite-${each}`)}
          </Button>
        ))}
      </div>
      {summary.invitations.length > 0 && (
        <ul className={styles["list"]} aria-label={t("console-invitations")} aria-live="polite">
          {summary.invitations.map((invitation) => {
            const before = written.get(invitation.id);
            return (
              <Sent
                key={invitation.id}
                invitation={invitation}
                {...(before === undefined ? {} : { onAgain: () => again(before) })}
              />
            );
          })}
        </ul>
      )}
      {way !== null && (
        <InvitationDialog
          key={way}
          way={way}
          pending={send.isPending}
          fieldError={fields["to"]}
          error={
            send.error === null || fields["to"] !== undefined ? undefined : problemText(send.error, i18n)
          }
          onSend={(invitation) => send.mutate(invitation)}
          onClose={() => setWay(null)}
        />
      )}
    </div>
  );
}

function Sent({ invitation, onAgain }: { invitation: InvitationView; onAgain?: () => void }) {
  const { t, knows } = useI18n();
  const { to, state, problem } = invitation;
  const key = `console-invitation-problem-${problem}`;
  const why = t(knows(key) ? key : "console-invitation-problem-other");
  return (
    <li className={styles["line"]}>
      <span className={styles["to"]}>{to}</span>
      <span className={styles[state]}>{t(`console-invitation-${state}`, { problem: why })}</span>
      {state === "failed" && onAgain !== undefined && (
        <Button small onPress={onAgain}>
          {t("console-invitation-again")}
        </Button>
      )}
    </li>
  );
}
