import type { Translate } from "../i18n/translate";
import { type FieldProblem, Problem, UNREACHABLE } from "./problem";

type Texts = { t: Translate; knows: (key: string) => boolean };

/** What went wrong, for people: our text for the code, else the server's, else a general one. */
export function problemText(error: unknown, { t, knows }: Texts): string {
  if (!(error instanceof Problem)) return t("shared-error-unexpected");
  if (error.code === UNREACHABLE) return t("shared-error-unreachable");
  // The page has asked for the sign-in by then; what was asked for is to be asked for again.
  if (error.code === "not-signed-in") return t("shared-error-signed-out");
  if (knows(error.code)) return t(error.code, error.params);
  return error.title === "" ? t("shared-error-unexpected") : error.title;
}

/** The texts by field, for the fields that a form has. */
export function fieldTexts(error: unknown, texts: Texts): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.fields.map((problem) => [problem.field, fieldText(problem, texts)]));
}

/** What is wrong with one field. */
export function fieldText({ code, params }: Omit<FieldProblem, "field">, { t, knows }: Texts): string {
  return knows(code) ? t(code, params) : t("shared-field-invalid");
}
