import en from "../../../locales/en/join.ftl?raw";
import ko from "../../../locales/ko/join.ftl?raw";
import type { Language } from "../shared/i18n/language";
import { sharedTexts as sharedEn } from "../shared/i18n/texts-en";
import { sharedTexts as sharedKo } from "../shared/i18n/texts-ko";
import { createMessages, type Messages } from "../shared/i18n/translate";

const TEXTS: Readonly<Record<Language, readonly string[]>> = { ko: [...sharedKo, ko], en: [...sharedEn, en] };

/** What the views draw with. */
export type Texts = Messages & { readonly language: Language };

export function textsOf(language: Language): Texts {
  return { ...createMessages(language, TEXTS[language]), language };
}
