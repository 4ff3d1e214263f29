import { useState } from "react";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { Select } from "../../shared/ui/select";
import { Switch } from "../../shared/ui/switch";
import { TextField } from "../../shared/ui/text-field";
import styles from "./api-tokens.module.css";
import { useCreateApiToken } from "./api-tokens-api";

type NewProps = { scopes: readonly string[]; onClose: () => void; onMade: (secret: string) => void };

/** How long a token may work, in days. */
const DAYS = ["30", "90", "180", "365"] as const;

/** Name, scopes and time of a new token, and 관리자 Password. */
export function NewApiTokenDialog({ scopes, onClose, onMade }: NewProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const create = useCreateApiToken();
  const [days, setDays] = useState<(typeof DAYS)[number]>("90");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [noScope, setNoScope] = useState<string>();
  const form = useForm({ name: "", administrator_password: "" }, (values) => ({
    name: ruleText(t, checkName(values.name)),
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const submit = () => {
    const values = form.take();
    const missing = chosen.size === 0 ? t("manage-api-token-no-scope") : undefined;
    setNoScope(missing);
    if (values === undefined || missing !== undefined) return;
    create.mutate(
      { ...values, name: values.name.trim(), scopes: [...chosen], days: Number(days) },
      {
        onSuccess: ({ secret }) => onMade(secret),
        onError: (error) => {
          const texts = fieldTexts(error, i18n);
          form.refuse(texts);
          setNoScope(texts["scopes"]);
        },
      },
    );
  };
  const name = form.field("name");
  const password = form.field("administrator_password");
  const isAtField = name.error ?? password.error ?? noScope;
  return (
    <FormDialog
      open
      title={t("manage-api-token-new")}
      submitLabel={t("manage-api-token-create")}
      pending={create.isPending}
      error={create.error === null || isAtField !== undefined ? undefined : problemText(create.error, i18n)}
      formRef={form.ref}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextField
        {...name}
        label={t("manage-name")}
        hint={t("manage-api-token-name-hint")}
        required
        autoFocus
      />
      <Select
        name="days"
        label={t("manage-api-token-days")}
        placeholder={t("shared-select-placeholder")}
        choices={DAYS.map((each) => ({
          value: each,
          label: t("manage-api-token-days-count", { days: each }),
        }))}
        value={days}
        onChange={setDays}
      />
      <fieldset className={styles["choices"]}>
        <legend className={styles["legend"]}>{t("manage-api-token-scopes")}</legend>
        {scopes.map((scope) => (
          <Switch
            key={scope}
            on={chosen.has(scope)}
            onChange={(on) =>
              setChosen(
                (before) => new Set(on ? [...before, scope] : [...before].filter((one) => one !== scope)),
              )
            }
          >
            {t(`manage-scope-${scope.replace(":", "-")}`)}
          </Switch>
        ))}
        {noScope !== undefined && (
          <p role="alert" className={styles["error"]}>
            {noScope}
          </p>
        )}
      </fieldset>
      <TextField
        {...password}
        label={t("manage-administrator-password")}
        type="password"
        autoComplete="current-password"
        required
      />
    </FormDialog>
  );
}
