import en from "../../../locales/en/console.ftl?raw";
import ko from "../../../locales/ko/console.ftl?raw";
import type { Sources } from "../shared/i18n/translate";

/** Texts of the operator's console. */
export const consoleMessages: Sources = { ko: [ko], en: [en] };
