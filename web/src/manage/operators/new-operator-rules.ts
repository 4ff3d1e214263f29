import { checkEmail, checkName, checkPhone } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import type { Translate } from "../../shared/i18n/translate";
import { checkAccount } from "../account-fields";

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
  };
}

/** The text of each field's error [D-1]. */
export function checkNewOperator(values: ReturnType<typeof emptyOperator>, t: Translate) {
  return {
    ...checkAccount(values, t),
    company_name: ruleText(t, checkName(values.company_name)),
    department_id: ruleText(t, values.department_id === "" ? "required" : undefined),
    phone: ruleText(t, checkPhone(values.phone)),
    email: ruleText(t, checkEmail(values.email, "optional")),
  };
}
