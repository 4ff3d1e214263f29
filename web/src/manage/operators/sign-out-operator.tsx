import { useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { type Operator, useOperatorChanges } from "./operators-api";

/** Ends an operator's sign-ins and sessions at once [D-7]. */
export function SignOutOperator({ operator }: { operator: Operator }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const [asks, setAsks] = useState(false);
  const { signOut } = useOperatorChanges(operator.id);
  return (
    <>
      <Button onPress={() => setAsks(true)}>{t("manage-operator-sign-out")}</Button>
      {asks && (
        <FormDialog
          open
          title={t("manage-operator-sign-out")}
          submitLabel={t("manage-operator-sign-out")}
          danger
          pending={signOut.isPending}
          error={signOut.error === null ? undefined : problemText(signOut.error, i18n)}
          onClose={() => setAsks(false)}
          onSubmit={() =>
            signOut.mutate(undefined, {
              onSuccess: () => {
                notify(t("manage-operator-signed-out", { name: operator.name }));
                setAsks(false);
              },
            })
          }
        >
          <p>{t("manage-operator-sign-out-text", { name: operator.name })}</p>
        </FormDialog>
      )}
    </>
  );
}
