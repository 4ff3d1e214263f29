import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Button, buttonClass } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import { LoginField, NewPasswordFields } from "../account-fields";
import { Unsaved } from "../frame/unsaved";
import { useSignedIn } from "../sign_in/session";
import { LicenceCounts } from "./licence-counts";
import { type Departments, OperatorFields } from "./operator-fields";
import { checkNewOperator, differs, emptyOperator } from "./operator-rules";
import styles from "./operators.module.css";
import { departmentChoicesQuery, useCreateOperator } from "./operators-api";

/** 상담원 생성 [D-1, D-2]. */
export function NewOperatorPage() {
  const { t } = useI18n();
  const departments = useQuery(departmentChoicesQuery);
  return (
    <Page title={t("manage-item-new-operator")} lead={t("manage-item-new-operator-about")} narrow>
      <LicenceCounts />
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
  const [empty] = useState(() => emptyOperator(company.name, only?.id ?? ""));
  const form = useForm(empty, (values) => checkNewOperator(values, t));
  const create = useCreateOperator();
  const [general, setGeneral] = useState<string>();
  const params = { company: company.short_name };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = form.take();
    if (values === undefined || create.isPending) return;
    setGeneral(undefined);
    const { mobile, ...body } = values;
    create.mutate(
      { ...body, is_mobile: mobile === "on" },
      {
        onSuccess: ({ id }) => {
          notify(t("manage-created", { name: values.name }));
          const to = "/manage/$company/operators/$operatorId";
          void navigate({ to, params: { ...params, operatorId: id }, ignoreBlocker: true });
        },
        onError: (error) => {
          form.refuse(fieldTexts(error, i18n));
          const atFields = error instanceof Problem && error.fields.length > 0;
          setGeneral(atFields ? undefined : problemText(error, i18n));
        },
      },
    );
  };

  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      <Unsaved changed={differs(form.values, empty)} />
      <TextField {...form.field("name")} label={t("manage-operator-name")} autoComplete="off" required />
      <LoginField form={form} />
      <div className={styles["pair"]}>
        <NewPasswordFields form={form} />
      </div>
      <OperatorFields form={form} departments={departments} />
      {general !== undefined && <ErrorNote>{general}</ErrorNote>}
      <div className={styles["buttons"]}>
        <Button type="submit" look="primary" isPending={create.isPending}>
          {t("shared-save")}
        </Button>
        <Link to="/manage/$company/operators" params={params} className={buttonClass()}>
          {t("shared-cancel")}
        </Link>
      </div>
    </form>
  );
}
