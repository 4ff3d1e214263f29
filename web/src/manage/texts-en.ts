import manage from "../../../locales/en/manage.ftl?raw";
import { sharedTexts } from "../shared/i18n/texts-en";

export const texts = [...sharedTexts, manage];
