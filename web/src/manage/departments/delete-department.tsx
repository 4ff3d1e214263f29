import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { whyNotDeleted } from "./department-rules";
import { type Department, useDepartmentChanges } from "./departments-api";

type DeleteProps = { department: Department; last: boolean; onClose: () => void };

/** Asks before a department goes, or says why it cannot [C-4]. The server has the last word. */
export function DeleteDepartment({ department, last, onClose }: DeleteProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const { remove } = useDepartmentChanges();
  const reason = whyNotDeleted(department.operator_count, last);
  const { name } = department;
  return (
    <FormDialog
      open
      title={t("manage-department-delete-title")}
      submitLabel={t("shared-delete")}
      danger
      blocked={reason !== undefined}
      pending={remove.isPending}
      error={remove.error === null ? undefined : problemText(remove.error, i18n)}
      onClose={onClose}
      onSubmit={() =>
        remove.mutate(department.id, {
          onSuccess: () => {
            notify(t("manage-deleted", { name }));
            onClose();
          },
        })
      }
    >
      <p>
        {reason === undefined
          ? t("manage-department-delete", { name })
          : t(`manage-department-${reason}`, { name, operators: department.operator_count })}
      </p>
    </FormDialog>
  );
}
