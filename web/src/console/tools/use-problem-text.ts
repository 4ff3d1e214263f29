import { useI18n } from "../../shared/i18n/i18n";

/** Says why a tool did nothing, and what to do. */
export function useProblemText(): (problem: string, detail: string) => string {
  const { t, knows } = useI18n();
  return (problem, detail) => {
    const lacks = `console-unsupported-${detail}`;
    if (problem === "unsupported" && knows(lacks)) return t(lacks);
    const key = `console-tool-${problem}`;
    const text = knows(key) ? t(key) : t("console-tool-failed", { what: problem });
    return problem === "service-failed" && detail !== "" ? `${text} ${detail}` : text;
  };
}
