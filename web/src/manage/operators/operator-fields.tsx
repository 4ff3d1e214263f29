import type { useForm } from "../../shared/form/use-form";
import { useI18n } from "../../shared/i18n/i18n";
import { Radios } from "../../shared/ui/radios";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import type { OperatorValues } from "./operator-rules";
import styles from "./operators.module.css";

/** The departments to choose from. */
export type Departments = readonly { id: string; name: string }[];

type FieldsProps = {
  form: Pick<ReturnType<typeof useForm<OperatorValues>>, "field">;
  departments: Departments;
};

/** Where an operator belongs, how it is reached, and whether it has mobile support [D-1]. */
export function OperatorFields({ form, departments }: FieldsProps) {
  const { t } = useI18n();
  const department = form.field("department_id");
  const mobile = form.field("mobile");
  return (
    <>
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
      <Radios
        label={t("manage-operator-mobile")}
        hint={t("manage-phones-later")}
        choices={[
          { value: "on", label: t("manage-option-on") },
          { value: "off", label: t("manage-option-off") },
        ]}
        value={mobile.value === "on" ? "on" : "off"}
        onChange={mobile.onChange}
      />
    </>
  );
}
