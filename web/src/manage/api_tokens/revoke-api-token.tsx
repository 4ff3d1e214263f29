import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { TextField } from "../../shared/ui/text-field";
import { type ApiToken, useRevokeApiToken } from "./api-tokens-api";

/** Asks for 관리자 Password before a token stops to work. */
export function RevokeApiToken({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const revoke = useRevokeApiToken();
  const form = useForm({ administrator_password: "" }, (values) => ({
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const submit = () => {
    const values = form.take();
    if (values === undefined) return;
    revoke.mutate(
      { id: token.id, password: values.administrator_password },
      {
        onSuccess: () => {
          notify(t("manage-api-token-revoke-done", { name: token.name }));
          onClose();
        },
        onError: (error) => form.refuse(fieldTexts(error, i18n)),
      },
    );
  };
  const password = form.field("administrator_password");
  return (
    <FormDialog
      open
      danger
      title={t("manage-api-token-revoke-title")}
      submitLabel={t("manage-api-token-revoke")}
      pending={revoke.isPending}
      error={
        revoke.error === null || password.error !== undefined ? undefined : problemText(revoke.error, i18n)
      }
      formRef={form.ref}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("manage-api-token-revoke-text", { name: token.name })}</p>
      <TextField
        {...password}
        label={t("manage-administrator-password")}
        type="password"
        autoComplete="current-password"
        required
        autoFocus
      />
    </FormDialog>
  );
}
