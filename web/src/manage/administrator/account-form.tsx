import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { same } from "../../shared/form/merged";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Facts } from "../../shared/ui/facts";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { TextField } from "../../shared/ui/text-field";
import { Unsaved } from "../frame/unsaved";
import { bodyOf, checkAccountForm, formOf } from "./account-rules";
import styles from "./administrator.module.css";
import { type Account, accountQuery, useSaveAccount } from "./administrator-api";

/** 관리자정보 수정 and 패스워드 변경 [G-1]. */
export function AccountForm({ account, onSaved }: { account: Account; onSaved: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const client = useQueryClient();
  const save = useSaveAccount();
  const [read, setRead] = useState(account);
  const [changedElsewhere, setChangedElsewhere] = useState(false);
  const form = useForm(formOf(account), (values) => checkAccountForm(values, t));
  const [general, setGeneral] = useState<string>();
  const takeTheirs = async () => {
    const theirs = await client.fetchQuery({ ...accountQuery, staleTime: 0 });
    form.takeTheirs(formOf(read), formOf(theirs));
    setRead(theirs);
    setChangedElsewhere(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values === undefined || save.isPending) return;
    setGeneral(undefined);
    save.mutate(bodyOf(values, read), {
      onSuccess: () => {
        notify(t(values.password === "" ? "manage-saved" : "manage-password-changed"));
        onSaved();
      },
      onError: (error) => {
        if (error instanceof Problem && error.code === "changed-meanwhile") {
          takeTheirs().catch((failed) => setGeneral(problemText(failed, i18n)));
          return;
        }
        form.refuse(fieldTexts(error, i18n));
        const atFields = error instanceof Problem && error.fields.length > 0;
        setGeneral(atFields ? undefined : problemText(error, i18n));
      },
    });
  };
  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      {/* The password in use is no change, and browsers fill it in by themselves. */}
      <Unsaved changed={!same({ ...form.values, administrator_password: "" }, formOf(read))} />
      <Facts
        facts={[
          [t("manage-id"), account.login],
          [
            t("manage-operators-left"),
            t("manage-operators-left-of", { left: account.operators_left, total: account.operators_total }),
          ],
        ]}
      />
      <AccountFields form={form} />
      <fieldset className={styles["group"]}>
        <legend className={styles["legend"]}>{t("manage-password-change")}</legend>
        <p className={styles["soft"]}>{t("manage-password-change-about")}</p>
        <div className={styles["pair"]}>
          <TextField
            {...form.field("password")}
            label={t("manage-new-password")}
            hint={t("manage-password-hint")}
            type="password"
            autoComplete="new-password"
          />
          <TextField
            {...form.field("password_confirm")}
            label={t("manage-new-password-confirm")}
            type="password"
            autoComplete="new-password"
          />
        </div>
      </fieldset>
      <TextField
        {...form.field("administrator_password")}
        label={t("manage-present-password")}
        type="password"
        autoComplete="current-password"
        required
      />
      {changedElsewhere && <ErrorNote>{t("manage-changed-elsewhere")}</ErrorNote>}
      {general !== undefined && <ErrorNote>{general}</ErrorNote>}
      <div>
        <Button type="submit" look="primary" isPending={save.isPending}>
          {t("shared-save")}
        </Button>
      </div>
    </form>
  );
}

type Fields = Pick<ReturnType<typeof useForm<ReturnType<typeof formOf>>>, "field">;

function AccountFields({ form }: { form: Fields }) {
  const { t } = useI18n();
  return (
    <>
      <div className={styles["pair"]}>
        <TextField
          {...form.field("company_name")}
          label={t("manage-company-name")}
          autoComplete="organization"
          required
        />
        <TextField
          {...form.field("service_name")}
          label={t("manage-service-name")}
          hint={t("manage-service-name-hint")}
          autoComplete="off"
        />
      </div>
      <div className={styles["pair"]}>
        <TextField {...form.field("name")} label={t("manage-name")} autoComplete="name" required />
        <TextField {...form.field("phone")} label={t("manage-phone")} type="tel" autoComplete="tel" />
      </div>
      <TextField
        {...form.field("email")}
        label={t("manage-email")}
        type="email"
        autoComplete="email"
        required
      />
    </>
  );
}
