import { useState } from "react";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { TextField } from "../../shared/ui/text-field";
import { type SupportRecord, useDeleteRecord } from "./records-api";

type DeleteProps = { record: SupportRecord; onDeleted: () => void };

/** Deletes the record for good, with 관리자 Password. One that still runs is not deleted. */
export function DeleteRecord({ record, onDeleted }: DeleteProps) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)} isDisabled={record.ended_at_ms === null}>
        {t("manage-record-delete")}
      </Button>
      {open && <DeleteDialog record={record} onClose={() => setOpen(false)} onDeleted={onDeleted} />}
    </>
  );
}

function DeleteDialog({ record, onClose, onDeleted }: DeleteProps & { onClose: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const remove = useDeleteRecord(record.id);
  const form = useForm({ administrator_password: "" }, (values) => ({
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const no = String(record.no);
  const submit = () => {
    const values = form.take();
    if (values === undefined) return;
    remove.mutate(values.administrator_password, {
      onSuccess: () => {
        notify(t("manage-record-deleted", { no }));
        onClose();
        onDeleted();
      },
      onError: (error) => form.refuse(fieldTexts(error, i18n)),
    });
  };
  const password = form.field("administrator_password");
  return (
    <FormDialog
      open
      danger
      title={t("manage-record-delete")}
      submitLabel={t("shared-delete")}
      pending={remove.isPending}
      error={
        remove.error === null || password.error !== undefined ? undefined : problemText(remove.error, i18n)
      }
      formRef={form.ref}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("manage-record-delete-text", { no })}</p>
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
