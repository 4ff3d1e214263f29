import {
  checkConfirmation,
  checkEmail,
  checkLogin,
  checkName,
  checkPassword,
  checkPhone,
} from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import type { Translate } from "../../shared/i18n/translate";

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
    name: ruleText(t, checkName(values.name)),
    login: ruleText(t, checkLogin(values.login)),
    password: ruleText(t, checkPassword(values.password)),
    password_confirm: ruleText(t, checkConfirmation(values.password_confirm, values.password)),
    company_name: ruleText(t, checkName(values.company_name)),
    department_id: ruleText(t, values.department_id === "" ? "required" : undefined),
    phone: ruleText(t, checkPhone(values.phone)),
    email: ruleText(t, checkEmail(values.email, "optional")),
  };
}
