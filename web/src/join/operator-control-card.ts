import { button, element } from "./element";
import type { Join } from "./join";
import type { JoinState } from "./join-state";
import type { Texts } from "./texts";

type InSession = Extract<JoinState, { kind: "session" }>;

/** What opens the operator's computer in a tab of its own, once; and that it is there, and how to end it [F-15]. */
export function operatorControlCard({ t }: Texts, join: Join, { parties }: InSession): HTMLElement | null {
  const { operatorControl: view } = join.desk.view.get();
  if (view === null) return null;
  const { operator } = parties;
  const isReady = view.stage === "ready";
  const end = button("secondary", t(`join-operator-control-${isReady ? "leave" : "end"}`), () =>
    join.desk.operatorControl.end(),
  );
  end.setAttribute("data-focus", "operator-control-end");
  return element(
    "section",
    { class: "card", role: "status" },
    element(
      "h2",
      { class: "subtitle" },
      operator === null ? t("join-operator-control-unnamed") : t("join-operator-control", { operator }),
    ),
    element("p", {}, t(`join-operator-control-${view.stage}`)),
    // In the app's order.
    element(
      "div",
      { class: "actions" },
      end,
      isReady ? link(t("join-operator-control-open"), join, view.address) : null,
    ),
  );
}

/** A link of the page, for no script may open a tab unasked; the new one knows nothing of this. */
function link(label: string, join: Join, address: string): HTMLElement {
  const made = element(
    "a",
    {
      class: "button primary",
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      "data-focus": "operator-control-open",
    },
    label,
  );
  const opened = () => join.desk.operatorControl.opened();
  made.addEventListener("click", opened);
  // With the mouse's middle button.
  made.addEventListener("auxclick", ({ button: which }) => {
    if (which === 1) opened();
  });
  return made;
}
