import { useState } from "react";
import { fieldTexts, problemText } from "../api/problem-text";
import { checkName } from "../form/account-rules";
import { ruleText } from "../form/rule-text";
import { useForm } from "../form/use-form";
import { useI18n } from "../i18n/i18n";
import { FormDialog } from "./dialog";
import { TextField } from "./text-field";

type NameDialogProps = {
  title: string;
  label: string;
  onClose: () => void;
  create: (name: string) => Promise<unknown>;
};

/** Asks for the name of something new. A refusal of the server stands at the field. */
export function NameDialog({ title, label, onClose, create }: NameDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [pending, setPending] = useState(false);
  const form = useForm({ name: "" }, (values) => ({ name: ruleText(t, checkName(values.name)) }));

  const submit = async () => {
    const values = form.take();
    if (values === undefined) return;
    setPending(true);
    try {
      await create(values.name.trim());
      onClose();
    } catch (error) {
      form.refuse({ name: fieldTexts(error, i18n)["name"] ?? problemText(error, i18n) });
    } finally {
      setPending(false);
    }
  };

  return (
    <FormDialog
      open
      title={title}
      submitLabel={t("shared-save")}
      pending={pending}
      onClose={onClose}
      onSubmit={() => void submit()}
      formRef={form.ref}
    >
      <TextField {...form.field("name")} label={label} required autoFocus />
    </FormDialog>
  );
}
