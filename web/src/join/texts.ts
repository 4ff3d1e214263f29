import en from "../../../locales/en/join.ftl?raw";
import ko from "../../../locales/ko/join.ftl?raw";
import type { Language } from "../shared/i18n/language";
import { sharedTexts as sharedEn } from "../shared/i18n/texts-en";
import { sharedTexts as sharedKo } from "../shared/i18n/texts-ko";
import { createKnows, createTranslate, type Translate } from "../shared/i18n/translate";

const TEXTS: Readonly<Record<Language, readonly string[]>> = { ko: [...sharedKo, ko], en: [...sharedEn, en] };

/** What the views draw with. */
export type Texts = {
  readonly t: Translate;
  readonly knows: (key: string) => boolean;
  readonly language: Language;
};

export function textsOf(language: Language): Texts {
  const texts = TEXTS[language];
  return { t: createTranslate(language, texts), knows: createKnows(language, texts), language };
}
