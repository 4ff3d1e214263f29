import console from "../../../locales/en/console.ftl?raw";
import { sharedTexts } from "../shared/i18n/texts-en";

export const texts = [...sharedTexts, console];
