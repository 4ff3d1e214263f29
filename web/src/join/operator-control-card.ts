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
  const open = button("primary", t("join-operator-control-open"), () => {
    const address = join.desk.operatorControl.open();
    // The new tab knows nothing of this one.
    if (address !== null) window.open(address, "_blank", "noopener,noreferrer");
  });
  open.setAttribute("data-focus", "operator-control-open");
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
    element("div", { class: "actions" }, end, isReady ? open : null),
  );
}
