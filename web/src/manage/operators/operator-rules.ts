import {
  checkConfirmation,
  checkEmail,
  checkName,
  checkPassword,
  checkPhone,
} from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import type { Translate } from "../../shared/i18n/translate";
import { checkAccount } from "../account-fields";
import type { Operator } from "./operators-api";

/** What an operator's form holds; texts alone. */
export type OperatorValues = ReturnType<typeof emptyOperator>;

/** The form as it begins: the company's name stands there, and the department where there is only one. */
export function emptyOperator(companyName: string, departmentId: string) {
  return {
    name: "",
    login: "",
    password: "",
    password_confirm: "",
    company_name: companyName,
    department_id: departmentId,
    phone: "",
    email: "",
    /** "on" or "off". */
    mobile: "off",
  };
}

/** The form of an operator that exists; the password stays where nothing is typed. */
export function valuesOf(operator: Operator): OperatorValues {
  return {
    name: operator.name,
    login: operator.login,
    password: "",
    password_confirm: "",
    company_name: operator.company_name,
    department_id: operator.department.id,
    phone: operator.phone,
    email: operator.email,
    mobile: operator.is_mobile ? "on" : "off",
  };
}

/** The text of each field's error of a new operator [D-1]. */
export function checkNewOperator(values: OperatorValues, t: Translate) {
  return { ...checkAccount(values, t), ...checkRest(values, t) };
}

/** The text of each field's error of an operator that exists [D-4]. */
export function checkOperator(values: OperatorValues, t: Translate) {
  const { password, password_confirm } = values;
  const changes = password !== "" || password_confirm !== "";
  return {
    name: ruleText(t, checkName(values.name)),
    password: ruleText(t, changes ? checkPassword(password) : undefined),
    password_confirm: ruleText(t, changes ? checkConfirmation(password_confirm, password) : undefined),
    ...checkRest(values, t),
  };
}

/** What stands on each field. */
export const OPERATOR_LABELS = {
  name: "manage-operator-name",
  login: "manage-id",
  password: "manage-password",
  password_confirm: "manage-password-confirm",
  company_name: "manage-company-name",
  department_id: "manage-department",
  phone: "manage-phone",
  email: "manage-email",
  mobile: "manage-operator-mobile",
} as const satisfies Record<keyof OperatorValues, string>;

/** The fields that hold something else than what they began with, in the form's order. */
export function changedFields(values: OperatorValues, before: OperatorValues): (keyof OperatorValues)[] {
  const all = [
    "name",
    "login",
    "password",
    "password_confirm",
    "company_name",
    "department_id",
    "phone",
    "email",
    "mobile",
  ] as const;
  return all.filter((name) => values[name] !== before[name]);
}

/** Whether something was typed that is not what it began with. */
export function differs(values: OperatorValues, before: OperatorValues): boolean {
  return changedFields(values, before).length > 0;
}

function checkRest(values: OperatorValues, t: Translate) {
  return {
    company_name: ruleText(t, checkName(values.company_name)),
    department_id: ruleText(t, values.department_id === "" ? "required" : undefined),
    phone: ruleText(t, checkPhone(values.phone)),
    email: ruleText(t, checkEmail(values.email, "optional")),
  };
}
