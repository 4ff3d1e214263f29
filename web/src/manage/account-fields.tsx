import { checkConfirmation, checkLogin, checkName, checkPassword } from "../shared/form/account-rules";
import { ruleText } from "../shared/form/rule-text";
import type { FieldProps } from "../shared/form/use-form";
import { useI18n } from "../shared/i18n/i18n";
import type { Translate } from "../shared/i18n/translate";
import { TextField } from "../shared/ui/text-field";

/** What every new account has, an administrator's as well as an operator's. */
type Account = { name: string; login: string; password: string; password_confirm: string };

/** The text of each field's error. */
export function checkAccount(values: Account, t: Translate) {
  return {
    name: ruleText(t, checkName(values.name)),
    login: ruleText(t, checkLogin(values.login)),
    password: ruleText(t, checkPassword(values.password)),
    password_confirm: ruleText(t, checkConfirmation(values.password_confirm, values.password)),
  };
}

type AccountForm = { field(name: keyof Account): FieldProps };

/** The ID; `own`: of the person at the keyboard, so that the browser may keep it. */
export function LoginField({ form, own = false }: { form: AccountForm; own?: boolean }) {
  const { t } = useI18n();
  return (
    <TextField
      {...form.field("login")}
      label={t("manage-id")}
      hint={t("manage-id-hint")}
      autoComplete={own ? "username" : "off"}
      required
    />
  );
}

/** The password, twice. */
export function NewPasswordFields({ form }: { form: AccountForm }) {
  const { t } = useI18n();
  return (
    <>
      <TextField
        {...form.field("password")}
        label={t("manage-password")}
        hint={t("manage-password-hint")}
        type="password"
        autoComplete="new-password"
        required
      />
      <TextField
        {...form.field("password_confirm")}
        label={t("manage-password-confirm")}
        type="password"
        autoComplete="new-password"
        required
      />
    </>
  );
}
