import en from "../../../locales/en/manage.ftl?raw";
import ko from "../../../locales/ko/manage.ftl?raw";
import type { Sources } from "../shared/i18n/translate";

/** Texts of the administrator site. */
export const manageMessages: Sources = { ko: [ko], en: [en] };
