import { loadFrom } from "../shared/i18n/spoken";

/** The texts of the operator's console. */
export const loadConsoleTexts = loadFrom({ ko: () => import("./texts-ko"), en: () => import("./texts-en") });
