import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { I18nProvider as AriaI18nProvider } from "react-aria-components";
import { type Language, LOCALES, readLanguage, rememberLanguage } from "./language";
import { sharedMessages } from "./shared-messages";
import { createKnows, createTranslate, type Sources, type Translate } from "./translate";

type I18n = {
  /** The text of a message. */
  t: Translate;
  /** Whether there is a message of this name (for codes that come from the server). */
  knows: (key: string) => boolean;
  language: Language;
  /** The full tag, for `Intl`. */
  locale: string;
  /** Switches every text of the page at once, and remembers it. */
  setLanguage: (language: Language) => void;
};

const Context = createContext<I18n | null>(null);

/** Gives texts to everything below. `messages`: the `.ftl` texts of the page, beside the shared ones. */
export function I18nProvider({ messages, children }: { messages: Sources; children: ReactNode }) {
  const [language, setCurrent] = useState(readLanguage);
  const setLanguage = useCallback((next: Language) => {
    rememberLanguage(next);
    setCurrent(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo<I18n>(() => {
    const sources: Sources = {
      ko: [...sharedMessages.ko, ...messages.ko],
      en: [...sharedMessages.en, ...messages.en],
    };
    return {
      t: createTranslate(language, sources),
      knows: createKnows(language, sources),
      language,
      locale: LOCALES[language],
      setLanguage,
    };
  }, [language, messages, setLanguage]);

  return (
    <AriaI18nProvider locale={value.locale}>
      <Context value={value}>{children}</Context>
    </AriaI18nProvider>
  );
}

/** The texts and the language of this page. */
export function useI18n(): I18n {
  const value = useContext(Context);
  if (value === null) throw new Error("useI18n stands outside I18nProvider");
  return value;
}
