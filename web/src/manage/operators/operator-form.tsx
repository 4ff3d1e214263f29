import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { optionMessage } from "../../shared/options/option-rules";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Card, keepFocus } from "../../shared/ui/page";
import { TextField } from "../../shared/ui/text-field";
import { ConfirmPassword } from "../confirm-password";
import { SaveBar } from "../frame/save-bar";
import { type Departments, OperatorFields } from "./operator-fields";
import { changedOptions, mergedOptions } from "./operator-option-rules";
import { OperatorOptions } from "./operator-options";
import { changedFields, checkOperator, OPERATOR_LABELS, valuesOf } from "./operator-rules";
import styles from "./operators.module.css";
import {
  type Operator,
  type OperatorOption,
  operatorOptionsQuery,
  operatorQuery,
  useOperatorChanges,
} from "./operators-api";

type OperatorFormProps = {
  operator: Operator;
  options: readonly OperatorOption[];
  departments: Departments;
};

/** Fields and options in one form with one 수정하기 [D-4], which asks for 관리자 Password [D-5]. */
export function OperatorForm({ operator, options, departments }: OperatorFormProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const client = useQueryClient();
  // What was read when the form began: what others save meanwhile is told at the save, and takes nothing away.
  const [read, setRead] = useState({ operator, options });
  const [own, setOwn] = useState(options);
  const before = valuesOf(read.operator);
  const form = useForm(before, (values) => checkOperator(values, t));
  const [asks, setAsks] = useState(false);
  const [general, setGeneral] = useState<string>();
  const { save } = useOperatorChanges(operator.id);
  const changes = changedOptions(read.options, own);
  const names = changedFields(form.values, before);
  const changed = names.length > 0 || changes.length > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setGeneral(undefined);
    if (changed && form.take() !== undefined) setAsks(true);
  };
  const send = async (administrator_password: string) => {
    const { mobile, login: _fixed, ...values } = form.values;
    const revision = read.operator.revision;
    const body = {
      ...values,
      is_mobile: mobile === "on",
      options: changes,
      revision,
      administrator_password,
    };
    const after = await save.mutateAsync(body);
    setRead({ operator: after, options: own });
    form.reset(valuesOf(after));
    notify(t("manage-saved"));
    keepFocus();
  };
  const refused = (error: unknown) => {
    if (error instanceof Problem && error.code === "changed-meanwhile")
      takeTheirs().catch((failed) => setGeneral(problemText(failed, i18n)));
    form.refuse(fieldTexts(error, i18n));
    const atFields = error instanceof Problem && error.fields.length > 0;
    setGeneral(atFields ? undefined : problemText(error, i18n));
    return true;
  };
  /** What was typed stays, what was left alone is theirs now, and the next save is over that. */
  const takeTheirs = async () => {
    const [theirs, saved] = await Promise.all([
      client.fetchQuery({ ...operatorQuery(operator.id), staleTime: 0 }),
      client.fetchQuery({ ...operatorOptionsQuery(operator.id), staleTime: 0 }),
    ]);
    form.takeTheirs(before, valuesOf(theirs));
    setOwn((mine) => mergedOptions(read.options, mine, saved.options));
    setRead({ operator: theirs, options: saved.options });
  };

  return (
    <form ref={form.ref} className={styles["form"]} onSubmit={submit} noValidate>
      <Card>
        <div className={styles["fields"]}>
          <TextField {...form.field("name")} label={t("manage-operator-name")} autoComplete="off" required />
          <div className={styles["pair"]}>
            <TextField
              {...form.field("password")}
              label={t("manage-password")}
              hint={t("manage-password-keep")}
              type="password"
              autoComplete="new-password"
            />
            <TextField
              {...form.field("password_confirm")}
              label={t("manage-password-confirm")}
              type="password"
              autoComplete="new-password"
            />
          </div>
          <OperatorFields form={form} departments={departments} />
        </div>
      </Card>
      <OperatorOptions
        department={read.operator.department.name}
        options={own}
        isMobile={form.values.mobile === "on"}
        onChange={setOwn}
      />
      <SaveBar
        changes={[
          ...names.map((name) => t(OPERATOR_LABELS[name])),
          ...changes.map(({ key }) => t(optionMessage(key))),
        ]}
        saveLabel={t("manage-operator-save")}
        onCancel={() => {
          form.reset(before);
          setOwn(read.options);
        }}
      >
        {general !== undefined && <ErrorNote>{general}</ErrorNote>}
      </SaveBar>
      {asks && (
        <ConfirmPassword
          title={t("manage-confirm-title")}
          submitLabel={t("manage-operator-save")}
          confirm={send}
          onRefused={refused}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-operator-confirm", { name: operator.name })}</p>
        </ConfirmPassword>
      )}
    </form>
  );
}
