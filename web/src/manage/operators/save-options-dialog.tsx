import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { TextField } from "../../shared/ui/text-field";
import { useSaveOperatorOptions } from "./operators-api";

type SaveProps = {
  id: string;
  changed: { key: string; own: boolean | null }[];
  onClose: () => void;
  onSaved: () => void;
};

/** 관리자 Password before an operator is saved [D-5]. */
export function SaveOptionsDialog({ id, changed, onClose, onSaved }: SaveProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const save = useSaveOperatorOptions(id);
  const form = useForm({ administrator_password: "" }, (values) => ({
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const submit = () => {
    const values = form.take();
    if (values === undefined) return;
    save.mutate(
      { own: changed, password: values.administrator_password },
      {
        onSuccess: () => {
          onSaved();
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
      title={t("manage-confirm-title")}
      submitLabel={t("shared-save")}
      pending={save.isPending}
      error={save.error === null || password.error !== undefined ? undefined : problemText(save.error, i18n)}
      formRef={form.ref}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("manage-confirm-lead", { count: changed.length })}</p>
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
