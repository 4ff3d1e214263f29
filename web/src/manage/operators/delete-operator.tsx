import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { ConfirmPassword } from "../confirm-password";
import { useSignedIn } from "../sign_in/session";
import { type Operator, useOperatorChanges } from "./operators-api";

/** 상담원 삭제 [D-5, D-6]: records and statistics keep the ID. */
export function DeleteOperator({ operator }: { operator: Operator }) {
  const { t } = useI18n();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { company } = useSignedIn();
  const [asks, setAsks] = useState(false);
  const { remove } = useOperatorChanges(operator.id);
  const confirm = async (password: string) => {
    await remove.mutateAsync(password);
    notify(t("manage-deleted", { name: operator.name }));
    const params = { company: company.short_name };
    await navigate({ to: "/manage/$company/operators", params, ignoreBlocker: true });
    await client.invalidateQueries({ queryKey: ["manage"] });
  };
  return (
    <>
      <Button look="danger" onPress={() => setAsks(true)}>
        {t("manage-operator-delete")}
      </Button>
      {asks && (
        <ConfirmPassword
          title={t("manage-operator-delete")}
          submitLabel={t("shared-delete")}
          danger
          confirm={confirm}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-operator-delete-text", { name: operator.name, login: operator.login })}</p>
        </ConfirmPassword>
      )}
    </>
  );
}
