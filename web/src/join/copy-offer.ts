import { button, element } from "./element";
import type { Survey } from "./survey";
import type { Texts } from "./texts";

/** After the end: a copy of what was recorded, on request [F-13]; null where there is none. */
export function copyOffer({ t }: Texts, survey: Survey): HTMLElement | null {
  const state = survey.copy.get();
  if (state.kind === "none") return null;
  if (state.kind === "given") {
    return element(
      "section",
      { class: "copy", role: "status" },
      element("p", {}, t("join-copy-opened")),
      element(
        "a",
        { href: state.link, target: "_blank", rel: "noreferrer", "data-focus": "copy" },
        state.link,
      ),
    );
  }
  const asking = state.kind === "asking";
  const ask = button(
    "secondary",
    t(asking ? "join-copy-asking" : "join-copy-ask"),
    () => void survey.askForCopy(),
    asking,
  );
  ask.setAttribute("data-focus", "copy");
  const problem = state.kind === "offered" ? state.problem : null;
  const key = problem === "none" ? "join-copy-problem-none" : "join-copy-problem";
  return element(
    "section",
    { class: "copy" },
    element("p", { class: "hint" }, t("join-copy-about")),
    ask,
    element("p", { class: "error", role: "alert" }, problem === null ? "" : t(key)),
  );
}
