import { appSection } from "./app-section";
import type { ChatBox } from "./chat-box";
import type { Device } from "./device";
import type { DownloadInfo } from "./downloads";
import { button, element } from "./element";
import type { Join } from "./join";
import type { JoinState, VoiceView } from "./join-state";
import { operatorControlCard } from "./operator-control-card";
import { questionCard } from "./question-card";
import { rightsCard } from "./rights-card";
import type { ScreenBox } from "./screen-box";
import type { Texts } from "./texts";
import type { VoiceBox } from "./voice-box";

type InSession = Extract<JoinState, { kind: "session" }>;

/** What stays over a redraw of the page. */
export type Boxes = { readonly chat: ChatBox; readonly voice: VoiceBox; readonly screen: ScreenBox };

/** Who is there, what they may do, Stop; what they ask, and the chat, below. */
export function sessionView(
  texts: Texts,
  join: Join,
  state: InSession,
  boxes: Boxes,
  device: Device,
  downloads: readonly DownloadInfo[] | null,
): HTMLElement {
  const { t } = texts;
  const { parties, offered } = state;
  const { voice } = join.desk.view.get();
  const stop = button("danger", t("join-stop"), () => join.stop());
  stop.setAttribute("data-focus", "stop");
  const pause = button(
    state.paused ? "primary" : "secondary",
    t(state.paused ? "join-resume" : "join-pause"),
    () => join.pause(!state.paused),
  );
  pause.setAttribute("data-focus", "pause");
  const app = appSection(texts, join, offered, device, downloads);
  const change =
    state.sharing && offered.askPart
      ? button("secondary", t("join-part-change"), () => void join.shareAgain())
      : null;
  const bar = element(
    "section",
    { class: "bar", "aria-label": t("join-bar") },
    element(
      "div",
      { class: "who" },
      element("strong", {}, whoOf(texts, parties.company, parties.operator)),
      element("span", { class: "can", role: "status" }, t(`join-now-${nowOf(state)}`)),
      secondSign(texts, join),
      element("div", { class: "signs" }, recordingSign(texts, join, state), voiceSign(texts, voice)),
    ),
    element("div", { class: "does" }, change, state.sharing ? pause : null, stop),
  );
  return element(
    "div",
    { class: "session" },
    element("h1", { class: "visually-hidden" }, t("join-title")),
    // Before all that comes and goes by what a console does: that moves nothing here. With the bar in sight, however far is scrolled.
    element("div", { class: "top" }, bar, questionCard(texts, join, state)),
    copyWish(texts, join, state),
    state.serverAway ? element("p", { class: "warning", role: "status" }, t("join-server-away")) : null,
    problemNote(texts, state),
    state.sharing ? null : shareAgain(texts, join),
    state.sharing && state.partAsked ? partAsked(texts, join) : null,
    operatorControlCard(texts, join, state),
    boxes.screen.draw(texts, parties.operator),
    boxes.voice.draw(texts, voice),
    offered.chat ? boxes.chat.place(texts) : null,
    rightsCard(texts, join, state),
    app === null ? null : element("section", { class: "card", "aria-label": t("join-app") }, app),
  );
}

/** That the session is recorded; a press ends that [F-13]. */
function recordingSign({ t }: Texts, join: Join, { recording }: InSession): HTMLElement | null {
  if (recording !== "on" && recording !== "held") return null;
  const sign = button("recording", t(`join-recording-${recording}`), () => join.allowRecording(false));
  sign.setAttribute("data-focus", "recording");
  return sign;
}

/** That the microphone is on, for as long as there is a voice [F-14]. */
function voiceSign({ t }: Texts, voice: VoiceView | null): HTMLElement | null {
  if (voice === null) return null;
  const off = voice.muted || voice.held || voice.problem !== null;
  return element(
    "span",
    { class: off ? "sign" : "sign on" },
    t(off ? "join-microphone-off" : "join-microphone-on"),
  );
}

/** A copy of the recording: asked for now, given when the session is over [F-13]. */
function copyWish({ t }: Texts, join: Join, { copy }: InSession): HTMLElement | null {
  if (copy === "none") return null;
  const ask = button("secondary", t("join-copy-wish"), () => join.desk.askForCopy());
  ask.setAttribute("data-focus", "copy");
  return element(
    "div",
    { class: "card row" },
    copy === "offered" ? ask : element("p", { role: "status" }, t("join-copy-wished")),
  );
}

/** Who else sees it, and the press that sends them away [F-18]. */
function secondSign({ t }: Texts, join: Join): HTMLElement | null {
  const second = join.second.view.get();
  if (second === null || second.stage === "asked") return null;
  const away = button("quiet", t("join-second-away"), () => join.second.sendAway());
  away.setAttribute("data-focus", "second-away");
  const says = t(second.stage === "there" ? "join-second-there" : "join-second-comes", { name: second.name });
  return element("div", { class: "also" }, element("span", { role: "status" }, says), away);
}

function whoOf({ t }: Texts, company: string, operator: string | null): string {
  return operator === null ? company : t("join-who", { company, operator });
}

function nowOf({ connected, sharing, paused }: InSession): string {
  if (!sharing) return "paused";
  if (paused) return "held";
  return connected ? "watching" : "connecting";
}

function problemNote({ t, knows }: Texts, { problem }: InSession): HTMLElement | null {
  if (problem === null) return null;
  const key = `join-problem-${problem.code}`;
  const text = knows(key) ? t(key, { seconds: problem.wait_s }) : t("join-problem-other");
  return element("p", { class: "error", role: "alert" }, text);
}

/** The browser's own dialog chooses; that there is a question, and what answers it, stands here [F-01]. */
function partAsked({ t }: Texts, join: Join): HTMLElement {
  const change = button("primary", t("join-part-change"), () => void join.shareAgain());
  const keep = button("secondary", t("join-part-keep"), () => join.part.keep());
  return element(
    "div",
    { class: "card row", role: "status" },
    element("p", {}, t("join-part-asked")),
    change,
    keep,
  );
}

function shareAgain({ t }: Texts, join: Join): HTMLElement {
  const again = button("primary", t("join-share-again"), () => void join.shareAgain());
  again.setAttribute("data-focus", "again");
  return element("div", { class: "card row" }, element("p", {}, t("join-share-stopped")), again);
}
