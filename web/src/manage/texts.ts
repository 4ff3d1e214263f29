import { loadFrom } from "../shared/i18n/spoken";

/** The texts of the administrator site. */
export const loadManageTexts = loadFrom({ ko: () => import("./texts-ko"), en: () => import("./texts-en") });
