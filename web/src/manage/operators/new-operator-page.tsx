import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page } from "../../shared/ui/page";
import { Select } from "../../shared/ui/select";
import { Loaded } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import { LoginField, NewPasswordFields } from "../account-fields";
import { useSignedIn } from "../sign_in/session";
import { checkNewOperator, emptyOperator } from "./new-operator-rules";
import styles from "./operators.module.css";
import { departmentChoicesQuery, useCreateOperator } from "./operators-api";

type Departments = readonly { id: string; name: string }[];

/** 상담원 생성 [D-1]. */
export function NewOperatorPage() {
  const { t } = useI18n();
  const departments = useQuery(departmentChoicesQuery);
  return (
    <Page title={t("manage-item-new-operator")} lead={t("manage-item-new-operator-about")} narrow>
      <Card>
        <Loaded query={departments}>{(data) => <OperatorForm departments={data.departments} />}</Loaded>
      </Card>
    </Page>
  );
}

function OperatorForm({ departments }: { departments: Departments }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const navigate = useNavigate();
  const { company } = useSignedIn();
  const [only] = departments.length === 1 ? departments : [];
  const form = useForm(emptyOperator(company.name, only?.id ?? ""), (values) => checkNewOperator(values, t));
  const create = useCreateOperator();
  const [general, setGeneral] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values === undefined || create.isPending) return;
    setGeneral(undefined);
    create.mutate(values, {
      onSuccess: ({ id }) => {
        notify(t("manage-created", { name: values.name }));
        void navigate({
          to: "/manage/$company/operators/$operatorId",
          params: { company: company.short_name, operatorId: id },
        });
      },
      onError: (error) => {
        form.refuse(fieldTexts(error, i18n));
        const atFields = error instanceof Problem && error.fields.length > 0;
        setGeneral(atFields ? undefined : problemText(error, i18n));
      },
    });
  };

  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      <OperatorFields form={form} departments={departments} />
      {general !== undefined && <ErrorNote>{general}</ErrorNote>}
      <div className={styles["buttons"]}>
        <Button type="submit" look="primary" isPending={create.isPending}>
          {t("shared-save")}
        </Button>
      </div>
    </form>
  );
}

type Fields = Pick<ReturnType<typeof useForm<ReturnType<typeof emptyOperator>>>, "field">;

function OperatorFields({ form, departments }: { form: Fields; departments: Departments }) {
  const { t } = useI18n();
  const department = form.field("department_id");
  return (
    <>
      <TextField {...form.field("name")} label={t("manage-operator-name")} autoComplete="off" required />
      <LoginField form={form} />
      <div className={styles["pair"]}>
        <NewPasswordFields form={form} />
      </div>
      <TextField
        {...form.field("company_name")}
        label={t("manage-company-name")}
        autoComplete="off"
        required
      />
      <Select
        name="department_id"
        label={t("manage-department")}
        placeholder={t("shared-select-placeholder")}
        choices={departments.map(({ id, name }) => ({ value: id, label: name }))}
        value={department.value === "" ? null : department.value}
        onChange={department.onChange}
        error={department.error}
        required
      />
      <div className={styles["pair"]}>
        <TextField {...form.field("phone")} label={t("manage-phone")} type="tel" autoComplete="off" />
        <TextField {...form.field("email")} label={t("manage-email")} type="email" autoComplete="off" />
      </div>
    </>
  );
}
