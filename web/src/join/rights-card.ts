import { element, switchOf } from "./element";
import type { Join } from "./join";
import type { JoinState, PageRight } from "./join-state";
import type { Texts } from "./texts";

type InSession = Extract<JoinState, { kind: "session" }>;

const SWITCHES: readonly (readonly [PageRight, string])[] = [
  ["record", "join-recording-allow"],
  ["talk", "join-talk-allow"],
  ["operatorScreen", "join-operator-screen-allow"],
  ["invite", "join-invite-allow"],
  ["operatorControl", "join-operator-control-allow"],
];

/**
 * What the customer gives and takes back at any time; being recorded ends the session where the company wants nothing else
 * [G-2], which is said before it is pressed.
 */
export function rightsCard({ t }: Texts, join: Join, { offered }: InSession): HTMLElement | null {
  const { given } = join.desk.view.get();
  const shown = SWITCHES.filter(([right]) => offered[right]);
  if (shown.length === 0) return null;
  return element(
    "section",
    { class: "card", "aria-labelledby": "rights-title" },
    element("h2", { class: "subtitle", id: "rights-title" }, t("join-may")),
    element(
      "div",
      { class: "switches" },
      ...shown.map(([right, key]) =>
        switchOf(t(key), given[right], `right-${right}`, (on) => join.setRight(right, on)),
      ),
    ),
    offered.record && offered.recordingRequired
      ? element("p", { class: "hint" }, t("join-recording-needed"))
      : null,
  );
}
