import { useMutation } from "@tanstack/react-query";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { type Invitation, useAdministratorChanges } from "./administrator-api";

/** Takes an invitation back. */
export function WithdrawDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { withdraw } = useAdministratorChanges();
  const taking = useMutation({ mutationFn: () => withdraw(invitation.id), onSuccess: onClose });
  return (
    <FormDialog
      open
      title={t("manage-invite-withdraw")}
      submitLabel={t("manage-invite-withdraw")}
      pending={taking.isPending}
      error={taking.error === null ? undefined : problemText(taking.error, i18n)}
      danger
      onClose={onClose}
      onSubmit={() => taking.mutate()}
    >
      <p>{t("manage-invite-withdraw-text", { name: invitation.name })}</p>
    </FormDialog>
  );
}
