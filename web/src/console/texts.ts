import type { Language } from "../shared/i18n/language";
import type { LoadTexts } from "../shared/i18n/spoken";

const PARTS: Readonly<Record<Language, () => Promise<{ texts: readonly string[] }>>> = {
  ko: () => import("./texts-ko"),
  en: () => import("./texts-en"),
};

/** The texts of the operator's console. */
export const loadConsoleTexts: LoadTexts = async (language) => (await PARTS[language]()).texts;
