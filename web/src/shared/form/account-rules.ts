/** What a value breaks; the Fluent message `shared-rule-…` of the same name is its text. */
export type RuleProblem =
  | "required"
  | "too-long"
  | "login-length"
  | "login-characters"
  | "password-length"
  | "password-lower"
  | "password-upper"
  | "password-digit"
  | "password-confirm"
  | "email"
  | "phone";

const LOGIN_LENGTH = { least: 4, most: 12 };
const PASSWORD_LENGTH = { least: 8, most: 128 };

/** The longest name of a person, a department, a company or a support type, in characters. */
export const NAME_MOST = 60;

/** A text that must be there. */
export function checkName(value: string): RuleProblem | undefined {
  const length = [...value.trim()].length;
  if (length === 0) return "required";
  return length > NAME_MOST ? "too-long" : undefined;
}

/** ID [D-1]: 4–12 of A–Z a–z 0–9 - _. */
export function checkLogin(value: string): RuleProblem | undefined {
  if (value === "") return "required";
  if (!/^[A-Za-z0-9_-]*$/.test(value)) return "login-characters";
  return value.length < LOGIN_LENGTH.least || value.length > LOGIN_LENGTH.most ? "login-length" : undefined;
}

/** Password: 8–128 characters with a lower-case letter, an upper-case letter and a digit. */
export function checkPassword(value: string): RuleProblem | undefined {
  const length = [...value].length;
  if (length === 0) return "required";
  if (length < PASSWORD_LENGTH.least || length > PASSWORD_LENGTH.most) return "password-length";
  if (!/\p{Lowercase}/u.test(value)) return "password-lower";
  if (!/\p{Uppercase}/u.test(value)) return "password-upper";
  return /[0-9]/.test(value) ? undefined : "password-digit";
}

/** The same password once more. */
export function checkConfirmation(value: string, password: string): RuleProblem | undefined {
  if (value === "") return "required";
  return value === password ? undefined : "password-confirm";
}

/** An address that mail can go to; the server has the last word. */
export function checkEmail(value: string, presence: "required" | "optional"): RuleProblem | undefined {
  const address = value.trim();
  if (address === "") return presence === "required" ? "required" : undefined;
  return /^[^\s<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)*$/.test(address) ? undefined : "email";
}

/** Digits with the usual signs between them, or nothing. */
export function checkPhone(value: string): RuleProblem | undefined {
  const number = value.trim();
  return number === "" || /^[+() .-]*[0-9][0-9+() .-]*$/.test(number) ? undefined : "phone";
}
