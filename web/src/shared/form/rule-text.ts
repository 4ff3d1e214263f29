import type { Translate } from "../i18n/translate";
import type { RuleProblem } from "./account-rules";

/** The text of a broken rule, or nothing. */
export function ruleText(t: Translate, problem: RuleProblem | undefined): string | undefined {
  return problem === undefined ? undefined : t(`shared-rule-${problem}`);
}
