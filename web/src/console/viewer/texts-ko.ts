import viewer from "../../../../locales/ko/viewer.ftl?raw";
import { texts as consoleTexts } from "../texts-ko";

// The picture's parts are the console's; of a text that both have, the first counts.
export const texts = [viewer, ...consoleTexts];
