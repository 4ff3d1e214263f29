import { useI18n } from "../i18n/i18n";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../i18n/language";
import styles from "./language-switch.module.css";
import { useNotify } from "./notify";

/** 한국어 / English. Each name stands in its own language. */
export function LanguageSwitch() {
  const { t, language, setLanguage } = useI18n();
  const notify = useNotify();
  const choose = (next: Language) => setLanguage(next).catch(() => notify(t("shared-error-unreachable")));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame for two buttons.
    <div role="group" aria-label={t("shared-language")} className={styles["switch"]}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          className={styles["choice"]}
          onClick={() => void choose(each)}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </div>
  );
}
