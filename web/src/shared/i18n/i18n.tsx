import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { I18nProvider as AriaI18nProvider } from "react-aria-components";
import { type Language, LOCALES, rememberLanguage } from "./language";
import type { LoadTexts, Spoken } from "./spoken";
import { createMessages, type Messages } from "./translate";

type I18n = Messages & {
  language: Language;
  /** The full tag, for `Intl`. */
  locale: string;
  /** Switches every text of the page at once, and remembers it. Fails, and changes nothing, where the texts cannot be fetched. */
  setLanguage: (language: Language) => Promise<void>;
};

const Context = createContext<I18n | null>(null);

type Provided = {
  /** What the page begins in. */
  first: Spoken;
  /** Where the texts of another language come from. */
  load: LoadTexts;
  children: ReactNode;
};

/** Gives texts to everything below. */
export function I18nProvider({ first, load, children }: Provided) {
  const [{ language, texts }, setSpoken] = useState(first);
  const asked = useRef<Language>(first.language);
  const setLanguage = useCallback(
    async (next: Language) => {
      asked.current = next;
      const texts = await load(next);
      // Another was chosen while this one came.
      if (asked.current !== next) return;
      rememberLanguage(next);
      setSpoken({ language: next, texts });
    },
    [load],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo<I18n>(
    () => ({
      ...createMessages(language, texts),
      language,
      locale: LOCALES[language],
      setLanguage,
    }),
    [language, texts, setLanguage],
  );

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
