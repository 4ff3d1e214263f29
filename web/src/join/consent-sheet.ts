import { appSection } from "./app-section";
import type { Device } from "./device";
import type { DownloadInfo } from "./downloads";
import { button, element, switchOf } from "./element";
import type { Join } from "./join";
import type { JoinState } from "./join-state";
import type { Texts } from "./texts";

type Consent = Extract<JoinState, { kind: "consent" }>;

/** Who asks, for what; Agree (with S-02 off: Connect) and Decline [S-02, X-3]. */
export function consentSheet(
  texts: Texts,
  join: Join,
  state: Consent,
  device: Device,
  downloads: readonly DownloadInfo[] | null,
  about: string,
): HTMLElement {
  const { t } = texts;
  const { parties, offered, waitsForOperator, connects, busy } = state;
  const agree = button(
    "primary",
    t(connects ? "join-connect" : "join-agree"),
    () => void join.agree(),
    waitsForOperator || busy || !device.canShare,
  );
  agree.setAttribute("data-focus", "agree");
  const rights = [
    "join-right-view",
    offered.chat ? "join-right-chat" : null,
    offered.capture ? "join-right-capture" : null,
    offered.record ? (offered.talk ? "join-right-record-voice" : "join-right-record") : null,
    offered.talk ? "join-right-talk" : null,
    offered.operatorScreen ? "join-right-operator-screen" : null,
    offered.invite ? (offered.secondUnasked ? "join-right-invite-told" : "join-right-invite") : null,
    offered.operatorControl ? "join-right-operator-control" : null,
    "join-right-no-control",
    "join-right-stop",
  ];
  return element(
    "section",
    { class: "card", "aria-labelledby": "consent-title" },
    element(
      "h1",
      { id: "consent-title", class: "title", tabindex: "-1", "data-first": true },
      t("join-consent-title"),
    ),
    element(
      "dl",
      { class: "parties" },
      ...pair(t("join-company"), parties.company),
      ...(parties.service !== "" && parties.service !== parties.company
        ? pair(t("join-service"), parties.service)
        : []),
      ...(connects && parties.operator === null
        ? []
        : pair(t("join-operator"), parties.operator ?? t("join-operator-waiting"))),
    ),
    about === "" ? null : element("p", { class: "about" }, about),
    element("h2", { class: "subtitle" }, t(connects ? "join-rights-connect" : "join-rights")),
    element(
      "ul",
      { class: "rights" },
      ...rights.flatMap((key) => (key === null ? [] : [element("li", {}, t(key))])),
    ),
    device.canShare
      ? element("p", { class: "hint" }, t(connects ? "join-connect-hint" : "join-agree-hint"))
      : element("p", { class: "info" }, t("join-limit-share")),
    element(
      "div",
      { class: "decision" },
      ...(offered.record ? recordingSwitch(texts, join, state) : []),
      state.problem === null
        ? null
        : element("p", { class: "error", role: "alert" }, t(`join-problem-${state.problem.code}`)),
      // In the app's order.
      element(
        "div",
        { class: "actions" },
        button("secondary", t("join-decline"), () => join.decline()),
        agree,
      ),
    ),
    waitsForOperator ? element("p", { class: "hint", role: "status" }, t("join-wait-operator")) : null,
    appSection(texts, join, offered, device, downloads),
  );
}

/** Recording has a consent of its own [F-13]; and a company may support nobody without [G-2]. */
function recordingSwitch({ t }: Texts, join: Join, { offered, records }: Consent): (HTMLElement | null)[] {
  return [
    switchOf(t("join-recording-allow"), records, "records", (on) => join.allowRecording(on)),
    offered.recordingRequired && !records
      ? element("p", { class: "warning", role: "status" }, t("join-recording-needed"))
      : null,
  ];
}

function pair(name: string, value: string): HTMLElement[] {
  return [element("dt", {}, name), element("dd", {}, value)];
}
