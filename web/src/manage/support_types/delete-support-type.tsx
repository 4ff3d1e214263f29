import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { type SupportType, useSupportTypeChanges } from "./support-types-api";

/** Asks before a support type goes; records that use it keep it [E-3]. */
export function DeleteSupportType({ type, onClose }: { type: SupportType; onClose: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const { remove } = useSupportTypeChanges();
  return (
    <FormDialog
      open
      title={t("manage-support-type-delete-title")}
      submitLabel={t("shared-delete")}
      danger
      pending={remove.isPending}
      error={remove.error === null ? undefined : problemText(remove.error, i18n)}
      onClose={onClose}
      onSubmit={() =>
        remove.mutate(type.id, {
          onSuccess: () => {
            notify(t("manage-deleted", { name: type.name }));
            onClose();
          },
        })
      }
    >
      <p>{t("manage-support-type-delete", { name: type.name })}</p>
    </FormDialog>
  );
}
