import console from "../../../locales/ko/console.ftl?raw";
import { sharedTexts } from "../shared/i18n/texts-ko";

export const texts = [...sharedTexts, console];
