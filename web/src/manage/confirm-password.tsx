import { type ReactNode, useState } from "react";
import { fieldTexts, problemText } from "../shared/api/problem-text";
import { useForm } from "../shared/form/use-form";
import { useI18n } from "../shared/i18n/i18n";
import { FormDialog } from "../shared/ui/dialog";
import { TextField } from "../shared/ui/text-field";

type ConfirmProps = {
  title: string;
  submitLabel: string;
  /** What is going to happen. */
  children: ReactNode;
  danger?: boolean;
  onClose: () => void;
  /** Does it. A refusal about anything but the password is thrown on to `onRefused`, where there is one. */
  confirm: (password: string) => Promise<unknown>;
  /** `true`: the page shows it, and the dialog closes. */
  onRefused?: (error: unknown) => boolean;
};

/** 관리자 Password before what a session that was left open must not do by itself [D-5, G-4]. */
export function ConfirmPassword(props: ConfirmProps) {
  const { title, submitLabel, children, danger = false, onClose, confirm, onRefused } = props;
  const i18n = useI18n();
  const { t } = i18n;
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string>();
  const form = useForm({ administrator_password: "" }, (values) => ({
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const submit = async () => {
    const values = form.take();
    if (values === undefined) return;
    setPending(true);
    setRefused(undefined);
    try {
      await confirm(values.administrator_password);
      onClose();
    } catch (error) {
      const own = fieldTexts(error, i18n)["administrator_password"];
      if (own !== undefined) form.refuse({ administrator_password: own });
      else if (onRefused?.(error) === true) onClose();
      else setRefused(problemText(error, i18n));
    } finally {
      setPending(false);
    }
  };
  return (
    <FormDialog
      open
      title={title}
      submitLabel={submitLabel}
      pending={pending}
      error={refused}
      danger={danger}
      formRef={form.ref}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {children}
      <TextField
        {...form.field("administrator_password")}
        label={t("manage-administrator-password")}
        type="password"
        autoComplete="current-password"
        required
        autoFocus
      />
    </FormDialog>
  );
}
