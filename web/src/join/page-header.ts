import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../shared/i18n/language";
import { element } from "./element";
import type { Site } from "./site";
import type { Texts } from "./texts";

/** Whose page it is, and in which language it speaks. */
export function pageHeader(
  { t, language }: Texts,
  site: Site | null,
  speak: (language: Language) => void,
): HTMLElement {
  const choices = LANGUAGES.map((each) => {
    const choice = element(
      "button",
      {
        type: "button",
        lang: each,
        class: "language",
        "aria-pressed": String(each === language),
        "data-focus": each,
      },
      LANGUAGE_NAMES[each],
    );
    choice.addEventListener("click", () => speak(each));
    return choice;
  });
  const group = element(
    "div",
    { role: "group", class: "languages", "aria-label": t("shared-language") },
    ...choices,
  );
  return element("header", { class: "header" }, brand(site), group);
}

/** The company's logo and service where the server tells, else our own. */
function brand(site: Site | null): HTMLElement {
  const { service = "", logo = null } = site ?? {};
  const picture =
    logo === null
      ? element("img", { src: "/favicon.svg", alt: "", width: "24", height: "24" })
      : element("img", { src: logo, alt: "", class: "logo" });
  return element("span", { class: "brand" }, picture, service === "" ? "Beside" : service);
}
