import { useI18n } from "../../shared/i18n/i18n";

/** What went wrong with a file, in words; a reason that this page does not know yet is told by its name. */
export function useProblemText(): (code: string) => string {
  const { t, knows } = useI18n();
  return (code) => {
    const key = `console-${code}`;
    return code.startsWith("files-") && knows(key) ? t(key) : t("console-files-failed-other", { code });
  };
}
