import { useMutation } from "@tanstack/react-query";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog, DialogActions, FormDialog } from "../../shared/ui/dialog";
import { useNotify } from "../../shared/ui/notify";
import { TextField } from "../../shared/ui/text-field";
import styles from "./administrator.module.css";
import { useAdministratorChanges } from "./administrator-api";

/** 관리자 초대: a name and 관리자 Password; then the link, shown this once [G-4]. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { invite } = useAdministratorChanges();
  const form = useForm({ name: "", administrator_password: "" }, (values) => ({
    name: ruleText(t, checkName(values.name)),
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  }));
  const inviting = useMutation({
    mutationFn: (values: typeof form.values) => invite(values.name.trim(), values.administrator_password),
    onError: (error) => form.refuse(fieldTexts(error, i18n)),
  });
  if (inviting.data !== undefined) return <LinkDialog url={inviting.data.url} onClose={onClose} />;
  const atFields = Object.keys(fieldTexts(inviting.error, i18n)).length > 0;
  const submit = () => {
    const values = form.take();
    if (values !== undefined) inviting.mutate(values);
  };
  return (
    <FormDialog
      open
      title={t("manage-invite")}
      submitLabel={t("manage-invite-make")}
      pending={inviting.isPending}
      error={inviting.error === null || atFields ? undefined : problemText(inviting.error, i18n)}
      formRef={form.ref}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("manage-invite-text")}</p>
      <TextField {...form.field("name")} label={t("manage-name")} autoComplete="off" required autoFocus />
      <TextField
        {...form.field("administrator_password")}
        label={t("manage-administrator-password")}
        type="password"
        autoComplete="current-password"
        required
      />
    </FormDialog>
  );
}

function LinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useI18n();
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      notify(t("shared-copied"));
    } catch {
      notify(t("shared-not-copied"));
    }
  };
  return (
    <Dialog title={t("manage-invite-link")} open onClose={onClose} onceOnly>
      <div className={styles["form"]}>
        <p>{t("manage-invite-link-text")}</p>
        <p className={styles["link"]}>{url}</p>
      </div>
      <DialogActions>
        <Button onPress={onClose}>{t("shared-close")}</Button>
        <Button look="primary" onPress={() => void copy()} autoFocus>
          {t("shared-copy")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
