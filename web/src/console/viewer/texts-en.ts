import viewer from "../../../../locales/en/viewer.ftl?raw";
import { texts as consoleTexts } from "../texts-en";

// The picture's parts are the console's; of a text that both have, the first counts.
export const texts = [viewer, ...consoleTexts];
