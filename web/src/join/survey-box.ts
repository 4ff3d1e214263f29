import { button, element } from "./element";
import { COMMENT_MAX_CHARACTERS, lengthOf, RATINGS, type Rating, Survey, type SurveyState } from "./survey";
import type { Texts } from "./texts";

type Asked = Extract<SurveyState, { kind: "asked" }>;

/**
 * The question after the end [S-03]. The field is one for as long as it is asked, and typing draws nothing anew: what is being
 * typed stays, a syllable in the IME with it.
 */
export class SurveyBox {
  private readonly field = element("textarea", {
    id: "survey-comment",
    class: "comment",
    rows: "3",
    "data-focus": "comment",
    "aria-describedby": "survey-limit",
  });

  private readonly limit = element("p", { id: "survey-limit", class: "limit" });

  constructor(private readonly survey: Survey) {}

  /** Null: nothing is asked. */
  draw(texts: Texts): HTMLElement | null {
    const state = this.survey.state.get();
    if (state.kind === "none") return null;
    if (state.kind === "thanked") {
      const thanks = element(
        "p",
        { class: "thanks", role: "status", tabindex: "-1", "data-focus": "survey-send" },
        texts.t("join-survey-thanks"),
      );
      return element("section", { class: "survey" }, thanks);
    }
    return this.form(texts, state);
  }

  private form(texts: Texts, state: Asked): HTMLElement {
    const { t } = texts;
    const form = element(
      "form",
      { class: "survey", novalidate: true, "aria-labelledby": "survey-title" },
      element(
        "div",
        { role: "status" },
        element("h2", { id: "survey-title", class: "subtitle" }, t("join-survey-title")),
      ),
      this.steps(texts, state),
      this.comment(texts, state),
      element("p", { id: "survey-problem", class: "error", role: "alert" }, problemOf(texts, state)),
      this.actions(texts, state),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.survey.send(this.field.value);
    });
    return form;
  }

  private steps({ t }: Texts, state: Asked): HTMLElement {
    const isMissing = state.problem === "no-rating";
    return element(
      "div",
      {
        class: "ratings",
        role: "radiogroup",
        "aria-labelledby": "survey-title",
        "aria-required": "true",
        "aria-invalid": isMissing ? "true" : undefined,
        "aria-describedby": isMissing ? "survey-problem" : undefined,
      },
      ...RATINGS.map((rating) => this.step(t(`join-survey-rating-${rating}`), rating, state)),
    );
  }

  private step(words: string, rating: Rating, state: Asked): HTMLElement {
    const input = element("input", {
      type: "radio",
      name: "rating",
      value: String(rating),
      class: "visually-hidden",
      "data-focus": `rating-${rating}`,
      disabled: state.sending,
    });
    input.checked = state.rating === rating;
    input.addEventListener("change", () => this.survey.rate(rating));
    return element(
      "label",
      { class: "rating" },
      input,
      element("span", { class: "points", "aria-hidden": "true" }, String(rating)),
      element("span", {}, words),
    );
  }

  private comment(texts: Texts, state: Asked): HTMLElement {
    this.field.readOnly = state.sending;
    this.field.oninput = () => this.drawLimit(texts);
    this.drawLimit(texts);
    return element(
      "div",
      { class: "commenting" },
      element("label", { for: "survey-comment", class: "label" }, texts.t("join-survey-comment")),
      this.field,
      this.limit,
    );
  }

  private drawLimit({ t, language }: Texts): void {
    const count = lengthOf(this.field.value);
    const number = new Intl.NumberFormat(language);
    const isTooLong = COMMENT_MAX_CHARACTERS < count;
    this.limit.className = isTooLong ? "limit over" : "limit";
    this.limit.textContent = t("join-survey-limit", {
      count: number.format(count),
      max: number.format(COMMENT_MAX_CHARACTERS),
    });
    if (isTooLong) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  private actions({ t }: Texts, state: Asked): HTMLElement {
    const skip = button("secondary", t("join-survey-skip"), () => this.survey.skip(), state.sending);
    skip.setAttribute("data-focus", "survey-skip");
    const send = element(
      "button",
      {
        type: "submit",
        class: "button primary",
        disabled: state.sending || Survey.isFinal(state.problem),
        "data-focus": "survey-send",
      },
      t(state.sending ? "join-survey-sending" : "join-survey-send"),
    );
    return element("div", { class: "actions" }, skip, send);
  }
}

function problemOf({ t, knows }: Texts, { problem }: Asked): string {
  if (problem === null) return "";
  const key = `join-survey-problem-${problem}`;
  return t(knows(key) ? key : "join-survey-problem-other");
}
