import manage from "../../../locales/ko/manage.ftl?raw";
import { sharedTexts } from "../shared/i18n/texts-ko";

export const texts = [...sharedTexts, manage];
