import { loadFrom } from "../../shared/i18n/spoken";

/** The texts of the page on which a customer sees the operator's computer. */
export const loadViewerTexts = loadFrom({ ko: () => import("./texts-ko"), en: () => import("./texts-en") });
