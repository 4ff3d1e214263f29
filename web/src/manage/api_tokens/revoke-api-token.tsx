import { useI18n } from "../../shared/i18n/i18n";
import { useNotify } from "../../shared/ui/notify";
import { ConfirmPassword } from "../confirm-password";
import { type ApiToken, useRevokeApiToken } from "./api-tokens-api";

/** Asks for 관리자 Password before a token stops to work. */
export function RevokeApiToken({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useI18n();
  const notify = useNotify();
  const revoke = useRevokeApiToken();
  return (
    <ConfirmPassword
      danger
      title={t("manage-api-token-revoke-title")}
      submitLabel={t("manage-api-token-revoke")}
      onClose={onClose}
      confirm={async (password) => {
        await revoke.mutateAsync({ id: token.id, password });
        notify(t("manage-api-token-revoke-done", { name: token.name }));
      }}
    >
      <p>{t("manage-api-token-revoke-text", { name: token.name })}</p>
    </ConfirmPassword>
  );
}
