import { choosesSpeaker } from "../shared/sound/browser-sound";
import { shown } from "../shared/strangers-text";
import { button, element } from "./element";
import type { VoiceView } from "./join-state";
import type { PageVoice } from "./page-voice";
import type { Texts } from "./texts";

const NAME_MAX_CHARACTERS = 80;

/**
 * The voice on the customer's page [F-14]: whether the microphone is on, how loud both are, mute, by which devices, and the end. The
 * meters and lists stay over a redraw of the page.
 */
export class VoiceBox {
  private readonly said = element("meter", { min: "0", max: "100", value: "0" });
  private readonly heard = element("meter", { min: "0", max: "100", value: "0" });
  private readonly microphones = deviceList("microphone");
  private readonly speakers = deviceList("speaker");

  constructor(private readonly voice: PageVoice) {
    voice.levels.subscribe(() => {
      const { said, heard } = voice.levels.get();
      this.said.value = said;
      this.heard.value = heard;
    });
    voice.opened.subscribe(() => this.listDevices());
    this.microphones.addEventListener("change", () => voice.chooseMicrophone(this.microphones.value));
    this.speakers.addEventListener("change", () => voice.chooseSpeaker(this.speakers.value));
    // Where the page is not secure there are none.
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.listDevices());
  }

  draw(texts: Texts, view: VoiceView | null): HTMLElement | null {
    const { t } = texts;
    if (view === null) return null;
    const { voice } = this;
    const mute = button(
      view.muted ? "primary" : "secondary",
      t(view.muted ? "join-voice-unmute" : "join-voice-mute"),
      () => voice.setMuted(!view.muted),
      view.held || view.problem !== null,
    );
    mute.setAttribute("data-focus", "mute");
    const end = button("secondary", t("join-voice-end"), () => voice.end());
    end.setAttribute("data-focus", "voice-end");
    this.said.setAttribute("aria-label", t("join-voice-said"));
    this.heard.setAttribute("aria-label", t("join-voice-heard"));
    for (const list of [this.microphones, this.speakers]) {
      const [first] = list.options;
      if (first !== undefined) first.textContent = t("join-voice-default");
    }
    return element(
      "section",
      { class: "card", "aria-labelledby": "voice-title" },
      element("h2", { class: "subtitle", id: "voice-title" }, t("join-voice")),
      element(
        "p",
        { class: view.problem === null ? "lead" : "warning", role: "status" },
        t(`join-voice-${stateOf(view)}`),
      ),
      element(
        "div",
        { class: "meters" },
        element("span", { "aria-hidden": "true" }, t("join-voice-said")),
        this.said,
        element("span", { "aria-hidden": "true" }, t("join-voice-heard")),
        this.heard,
      ),
      element(
        "div",
        { class: "devices" },
        element("label", {}, t("join-voice-microphone"), this.microphones),
        choosesSpeaker() ? element("label", {}, t("join-voice-speaker"), this.speakers) : null,
      ),
      element("div", { class: "actions" }, mute, end),
    );
  }

  /** Browsers tell names only once the microphone was allowed. */
  private listDevices(): void {
    const { mediaDevices } = navigator;
    if (mediaDevices === undefined) return;
    void mediaDevices.enumerateDevices().then(
      (devices) => {
        const { microphone, speaker } = this.voice.devices.get();
        fill(this.microphones, devices, "audioinput", microphone);
        fill(this.speakers, devices, "audiooutput", speaker);
      },
      () => {},
    );
  }
}

/** What must be known before all else: a part of a text's key. */
function stateOf({ held, problem, muted, operatorMuted }: VoiceView): string {
  if (held) return "held";
  if (problem !== null) return `microphone-${problem}`;
  if (muted) return "muted";
  return operatorMuted ? "operator-muted" : "on";
}

function deviceList(focus: string): HTMLSelectElement {
  return element("select", { class: "device", "data-focus": focus }, element("option", { value: "" }));
}

function fill(
  list: HTMLSelectElement,
  found: readonly MediaDeviceInfo[],
  kind: string,
  chosen: string,
): void {
  const [first] = list.options;
  const named = found.filter(
    (device) => device.kind === kind && device.deviceId !== "" && device.deviceId !== "default",
  );
  const options = named.map(({ deviceId, label }) =>
    element("option", { value: deviceId }, shown(label, NAME_MAX_CHARACTERS)),
  );
  list.replaceChildren(...(first === undefined ? [] : [first]), ...options);
  // One that is not there just now leaves the browser's choice.
  list.value = named.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
}
