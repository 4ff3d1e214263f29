import { button, element } from "./element";
import type { Join } from "./join";
import type { JoinState, Question, SecondView } from "./join-state";
import type { Texts } from "./texts";

type InSession = Extract<JoinState, { kind: "session" }>;

/** What operators ask, one question at a time, and the two presses that answer it; no other thing does [X-10, S-10]. */
export function questionCard(texts: Texts, join: Join, state: InSession): HTMLElement | null {
  const { question } = join.desk.view.get();
  const second = join.second.view.get();
  if (question !== null && question.turn !== "waits") return rightCard(texts, join, state, question);
  if (second?.stage === "asked" && second.turn !== "waits") return secondCard(texts, join, state, second);
  return null;
}

function rightCard(texts: Texts, join: Join, state: InSession, question: Question): HTMLElement {
  const { no, right, turn, id } = question;
  const { t } = texts;
  const key = `join-ask-${NAMES[right]}`;
  // Of the right alone nothing follows at once.
  const alone = right === "operatorControl" && id !== null;
  const says = [t(alone ? "join-right-operator-control" : `${key}-means`)];
  if (right === "talk" && state.recording === "on") says.push(t("join-ask-talk-recorded"));
  const answer = (allowed: boolean) => join.desk.rights.answer(no, allowed);
  return card(texts, {
    title: named(texts, key, state),
    says,
    ready: turn === "ready",
    focus: `question-${no}`,
    answer,
  });
}

function secondCard(texts: Texts, join: Join, state: InSession, second: SecondView): HTMLElement {
  const { t } = texts;
  const title = t("join-ask-second", { operator: second.name, company: state.parties.company });
  const says = [t(second.takesOver ? "join-ask-second-hand-over" : "join-ask-second-view")];
  const answer = (allowed: boolean) => join.second.answer(second.no, allowed);
  return card(texts, { title, says, ready: second.turn === "ready", focus: `second-${second.no}`, answer });
}

type Card = {
  readonly title: string;
  readonly says: readonly string[];
  readonly ready: boolean;
  /** By which its buttons are found again when the page is drawn anew. */
  readonly focus: string;
  answer(allowed: boolean): void;
};

function card({ t }: Texts, { title, says, ready, focus, answer }: Card): HTMLElement {
  const allow = button("primary", t("join-ask-allow"), () => answer(true), !ready);
  allow.setAttribute("data-focus", `${focus}-allow`);
  const refuse = button("secondary", t("join-ask-refuse"), () => answer(false));
  refuse.setAttribute("data-focus", `${focus}-refuse`);
  return element(
    "section",
    { class: "card asks", role: "status" },
    element("h2", { class: "subtitle" }, title),
    ...says.map((text) => element("p", {}, text)),
    // In the app's order.
    element("div", { class: "actions" }, refuse, allow),
  );
}

const NAMES = {
  record: "record",
  talk: "talk",
  operatorScreen: "operator-screen",
  invite: "invite",
  operatorControl: "operator-control",
} as const;

/** The text with the operator's name, where one is known. */
function named({ t }: Texts, key: string, { parties: { company, operator } }: InSession): string {
  return operator === null ? t(`${key}-unnamed`, { company }) : t(key, { company, operator });
}
