import {
  VoiceState_State as StateWire,
  type VoiceState as VoiceStateWire,
  VoiceState_Why as WhyWire,
} from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import {
  type MicrophoneProblem,
  microphoneProblem,
  type OpenMicrophone,
  type Playing,
  type SoundPort,
} from "../../shared/sound/sound";
import type { PeerMessageInit } from "../peer/input-wire";
import { cut } from "../tools/tool-caller";
import type { VoiceFloor } from "./voice-floor";

/** `asked`: the customer is; `held`: by a pause of the customer's, with no microphone open at their side. */
export type VoiceStage = "off" | "asked" | "on" | "held";

/** Why there is no voice, where it was not this operator who ended it. */
export type VoiceWhy = "declined" | "ended" | "forbidden" | "busy" | "paused" | "unsupported";

export type VoiceNow = {
  readonly stage: VoiceStage;
  readonly why: VoiceWhy | null;
  /** The operator's microphone is off. */
  readonly muted: boolean;
  /** The operator talks in another session: nothing is said here, and nothing heard. */
  readonly aside: boolean;
  readonly customerMuted: boolean;
  /** What the customer's machine lacks, by its kebab-case names; empty: nothing. */
  readonly lacksMicrophone: string;
  readonly lacksSpeaker: string;
  readonly problem: MicrophoneProblem | null;
};

/** How loud both sides are, 0 to 100. */
export type VoiceLevels = { readonly said: number; readonly heard: number };

export type VoicePort = {
  readonly sound: SoundPort;
  readonly floor: VoiceFloor;
  /** To the customer; false where there is no connection now. */
  tell(body: NonNullable<PeerMessageInit["body"]>): boolean;
  /** What goes out on the connection's line of audio. */
  say(track: MediaStreamTrack | null): void;
  after(delay_ms: number, task: () => void): () => void;
};

const LEVELS_EVERY_MS = 100;
/** Long enough to be read; the record keeps it anyway. */
const WHY_SHOWN_MS = 8_000;
const SILENCE: VoiceLevels = { said: 0, heard: 0 };

const AT_FIRST: VoiceNow = {
  stage: "off",
  why: null,
  muted: false,
  aside: false,
  customerMuted: false,
  lacksMicrophone: "",
  lacksSpeaker: "",
  problem: null,
};

/**
 * The voice of one session [F-14]. The customer's app begins it, by the customer's press, and says how it stands; here the
 * microphone is open from the operator's wish to its end, and nothing of it leaves while the app does not say `on`.
 */
export class Voice {
  readonly now = new Store<VoiceNow>(AT_FIRST);
  readonly levels = new Store<VoiceLevels>(SILENCE);
  private microphone: OpenMicrophone | null = null;
  private opening = 0;
  private isOpening = false;
  private stream: MediaStream | null = null;
  private playing: Playing | null = null;
  private said: MediaStreamTrack | null = null;
  private mutedTold = false;
  private forgetLevels: (() => void) | null = null;
  private forgetWhy: (() => void) | null = null;
  private readonly forgetChoices: (() => void)[];

  constructor(private readonly port: VoicePort) {
    const { microphone, speaker } = port.floor;
    this.forgetChoices = [
      microphone.subscribe(() => this.microphoneChosen()),
      speaker.subscribe(() => this.playing?.useSpeaker(speaker.get())),
    ];
  }

  /** Both can talk, and the operator does so in this session. */
  get isHeard(): boolean {
    const { stage, aside } = this.now.get();
    return stage === "on" && !aside;
  }

  toggle(): void {
    if (this.now.get().stage === "off") this.start();
    else this.end();
  }

  /** Asks the customer to talk. */
  start(): void {
    if (this.now.get().stage !== "off") return;
    if (!this.port.tell({ case: "setVoice", value: { on: true } })) return;
    this.begin("asked");
  }

  end(): void {
    if (this.now.get().stage === "off") return;
    this.port.tell({ case: "setVoice", value: { on: false } });
    this.over(null);
  }

  /** The operator's microphone; on again, this session is the one in which they talk. */
  setMuted(muted: boolean): void {
    if (!muted) this.port.floor.take(this);
    this.change(muted ? { muted } : { muted, aside: false });
  }

  /** Another session has the voice now. */
  stepAside(): void {
    if (this.now.get().stage !== "off") this.change({ aside: true });
  }

  dismiss(): void {
    this.forgetWhy?.();
    this.now.update({ why: null });
  }

  /** What the customer's app says. */
  told(state: Pick<VoiceStateWire, "state" | "why" | "microphoneLacks" | "speakerLacks">): void {
    const stage = stageOf(state.state);
    if (stage === "off") {
      this.over(whyOf(state.why));
      return;
    }
    // Also where this page asked for nothing: another window of the operator's did, or the right was asked for.
    if (this.now.get().stage === "off") this.begin(stage);
    this.change({
      stage,
      lacksMicrophone: cut(state.microphoneLacks).slice(0, 64),
      lacksSpeaker: cut(state.speakerLacks).slice(0, 64),
    });
  }

  customerMuted(customerMuted: boolean): void {
    this.now.update({ customerMuted });
  }

  /** What the connection brings of the customer's voice. */
  comes(stream: MediaStream): void {
    this.stream = stream;
    this.settle();
  }

  /** The connection is over, and the voice with it. */
  interrupted(): void {
    this.stream = null;
    this.over(null);
    this.dismiss();
  }

  /** The session's page is gone. */
  close(): void {
    this.interrupted();
    for (const forget of this.forgetChoices) forget();
  }

  private begin(stage: VoiceStage): void {
    this.forgetWhy?.();
    this.now.set({ ...AT_FIRST, stage });
    this.mutedTold = false;
    this.port.floor.take(this);
    this.openMicrophone();
  }

  private over(why: VoiceWhy | null): void {
    this.opening += 1;
    this.isOpening = false;
    this.now.set({ ...AT_FIRST, why });
    this.microphone?.close();
    this.microphone = null;
    this.settle();
    this.port.floor.leave(this);
    this.forgetWhy?.();
    this.forgetWhy = why === null ? null : this.port.after(WHY_SHOWN_MS, () => this.dismiss());
  }

  private change(changed: Partial<VoiceNow>): void {
    this.now.update(changed);
    this.settle();
  }

  private microphoneChosen(): void {
    if (this.now.get().stage === "off") return;
    this.microphone?.close();
    this.microphone = null;
    this.openMicrophone();
  }

  private openMicrophone(): void {
    this.opening += 1;
    const opening = this.opening;
    this.isOpening = true;
    const { sound, floor } = this.port;
    const mine = () => opening === this.opening;
    const lost = () => {
      if (mine()) this.microphoneFailed("none");
    };
    sound.openMicrophone(floor.microphone.get(), lost).then(
      (microphone) => {
        if (!mine()) return microphone.close();
        this.isOpening = false;
        this.microphone = microphone;
        this.change({ problem: null });
      },
      (problem: unknown) => {
        if (mine()) this.microphoneFailed(microphoneProblem(problem));
      },
    );
  }

  private microphoneFailed(problem: MicrophoneProblem): void {
    this.isOpening = false;
    this.microphone?.close();
    this.microphone = null;
    this.change({ problem });
  }

  /** Everything that follows from how it stands. */
  private settle(): void {
    const { stage, muted, aside, problem } = this.now.get();
    const on = stage === "on";
    this.microphone?.setOn(on && !muted && !aside);
    const track = on ? (this.microphone?.track ?? null) : null;
    if (track !== this.said) {
      this.said = track;
      this.port.say(track);
    }
    if (!on) {
      this.playing?.close();
      this.playing = null;
    } else if (this.stream !== null) {
      this.playing ??= this.port.sound.play(this.stream, this.port.floor.speaker.get());
      this.playing.setOn(!aside);
    }
    const silent = muted || aside || (problem !== null && !this.isOpening);
    if (on && silent !== this.mutedTold && this.port.tell({ case: "voiceMuted", value: { on: silent } }))
      this.mutedTold = silent;
    if (on) this.measure();
    else this.levels.set(SILENCE);
  }

  private measure(): void {
    if (this.forgetLevels !== null) return;
    this.forgetLevels = this.port.after(LEVELS_EVERY_MS, () => {
      this.forgetLevels = null;
      if (this.now.get().stage !== "on") return;
      const { muted, aside } = this.now.get();
      const said = muted || aside ? 0 : (this.microphone?.level() ?? 0);
      const heard = aside ? 0 : (this.playing?.level() ?? 0);
      const before = this.levels.get();
      if (said !== before.said || heard !== before.heard) this.levels.set({ said, heard });
      this.measure();
    });
  }
}

function stageOf(state: StateWire): VoiceStage {
  switch (state) {
    case StateWire.ASKED:
      return "asked";
    case StateWire.ON:
      return "on";
    case StateWire.HELD:
      return "held";
    default:
      return "off";
  }
}

function whyOf(why: WhyWire): VoiceWhy | null {
  switch (why) {
    case WhyWire.DECLINED:
      return "declined";
    case WhyWire.ENDED:
      return "ended";
    case WhyWire.FORBIDDEN:
      return "forbidden";
    case WhyWire.BUSY:
      return "busy";
    case WhyWire.PAUSED:
      return "paused";
    case WhyWire.UNSUPPORTED:
      return "unsupported";
    default:
      return null;
  }
}
