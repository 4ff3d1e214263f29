import {
  checkConfirmation,
  checkEmail,
  checkName,
  checkPassword,
  checkPhone,
  NAME_MOST,
} from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import type { Translate } from "../../shared/i18n/translate";
import type { Account, ChangedAccount } from "./administrator-api";

/** 관리자정보 수정 as it is typed. */
export type AccountForm = {
  company_name: string;
  service_name: string;
  name: string;
  phone: string;
  email: string;
  password: string;
  password_confirm: string;
  administrator_password: string;
};

/** The form of what was read. */
export function formOf({ company_name, service_name, name, phone, email }: Account): AccountForm {
  const empty = { password: "", password_confirm: "", administrator_password: "" };
  return { company_name, service_name, name, phone, email, ...empty };
}

/** The text of each field's error. A new password is only looked at where one is typed. */
export function checkAccountForm(values: AccountForm, t: Translate) {
  const changes = values.password !== "" || values.password_confirm !== "";
  const long = [...values.service_name.trim()].length > NAME_MOST;
  return {
    company_name: ruleText(t, checkName(values.company_name)),
    service_name: long ? t("shared-rule-too-long") : undefined,
    name: ruleText(t, checkName(values.name)),
    phone: ruleText(t, checkPhone(values.phone)),
    email: ruleText(t, checkEmail(values.email, "required")),
    password: changes ? ruleText(t, checkPassword(values.password)) : undefined,
    password_confirm: changes
      ? ruleText(t, checkConfirmation(values.password_confirm, values.password))
      : undefined,
    administrator_password: values.administrator_password === "" ? t("shared-rule-required") : undefined,
  };
}

/** What is sent: no new password where none was typed. `read`: what the form began with. */
export function bodyOf(values: AccountForm, read: Account): ChangedAccount {
  const { password, password_confirm, ...rest } = values;
  const { company_name, service_name, name, phone, email } = read;
  const kept = { ...rest, read: { company_name, service_name, name, phone, email } };
  return password === ""
    ? { ...kept, password: null, password_confirm: null }
    : { ...kept, password, password_confirm };
}
