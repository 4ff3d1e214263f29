import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { ConfirmPassword } from "../confirm-password";
import { type SupportRecord, useDeleteRecord } from "./records-api";

type DeleteProps = { record: SupportRecord; onDeleted: () => void };

/** Deletes the record for good, with 관리자 Password. One that still runs is not deleted. */
export function DeleteRecord({ record, onDeleted }: DeleteProps) {
  const { t } = useI18n();
  const notify = useNotify();
  const remove = useDeleteRecord(record.id);
  const [open, setOpen] = useState(false);
  const no = String(record.no);
  return (
    <>
      <Button onPress={() => setOpen(true)} isDisabled={record.ended_at_ms === null}>
        {t("manage-record-delete")}
      </Button>
      {open && (
        <ConfirmPassword
          danger
          title={t("manage-record-delete")}
          submitLabel={t("shared-delete")}
          onClose={() => setOpen(false)}
          confirm={async (password) => {
            await remove.mutateAsync(password);
            notify(t("manage-record-deleted", { no }));
            onDeleted();
          }}
        >
          <p>{t("manage-record-delete-text", { no })}</p>
        </ConfirmPassword>
      )}
    </>
  );
}
