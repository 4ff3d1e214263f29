import { VoiceChanged_Change as Change } from "../generated/proto/beside/v1/common_pb";
import { VoiceState_State as State, VoiceState_Why as Why } from "../generated/proto/beside/v1/peer_pb";
import { Store } from "../shared/session/store";
import {
  type MicrophoneProblem,
  microphoneProblem,
  type OpenMicrophone,
  type Playing,
  type SoundPort,
} from "../shared/sound/sound";
import { Begun } from "./begun";
import type { ConsolePort } from "./console-port";
import type { VoiceView } from "./join-state";
import { Pace } from "./pace";
import type { PageRights } from "./page-rights";

export type PageVoicePort = ConsolePort & {
  readonly sound: SoundPort;
  /** What goes out on the connection's line of audio. */
  say(track: MediaStreamTrack | null): void;
  changed(): void;
};

/** How loud both sides are, 0 to 100. */
type Levels = { readonly said: number; readonly heard: number };

const SILENCE: Levels = { said: 0, heard: 0 };
const LEVELS_EVERY_MS = 100;
/** As the app calls what a machine lacks. */
const LACKS: Readonly<Record<MicrophoneProblem, string>> = {
  denied: "voice-microphone-denied",
  none: "voice-no-microphone",
  taken: "voice-microphone-taken",
};

/**
 * The voice at a page [F-14].
 *
 * INVARIANT: the microphone is asked for and open only between the customer's press and the end, and not in a pause; what the
 * operator's console sends at any other time is played to nobody.
 */
export class PageVoice {
  readonly levels = new Store<Levels>(SILENCE);
  /** Counts microphones that opened: the browser then tells the devices' names. */
  readonly opened = new Store(0);
  /** The chosen devices' ids; empty: the browser's own choice. */
  readonly devices = new Store({ microphone: "", speaker: "" });
  private readonly begun: Begun;
  private muted = false;
  private operatorMuted = false;
  private mutedTold = false;
  private problem: MicrophoneProblem | null = null;
  private microphone: OpenMicrophone | null = null;
  /** Counts attempts to open one; null: none is open or opening. */
  private opening: number | null = null;
  private attempts = 0;
  private stream: MediaStream | null = null;
  private playing: Playing | null = null;
  private forgetLevels: (() => void) | null = null;
  /** As `limits::VOICE_MUTES` within `VOICE_WINDOW`, each side's. */
  private readonly ownMutes = new Pace(60, 60_000);
  private readonly operatorMutes = new Pace(60, 60_000);

  constructor(
    private readonly port: PageVoicePort,
    rights: PageRights,
  ) {
    this.begun = new Begun(
      {
        right: "talk",
        name: "voice",
        now: port.now,
        refuse: port.refuse,
        report: (change) => this.report(Change[change]),
        tell: () => this.tell(),
      },
      rights,
    );
  }

  get view(): VoiceView | null {
    const { stage } = this.begun;
    if (stage !== "ON" && stage !== "HELD") return null;
    const { muted, operatorMuted, problem } = this;
    return { held: stage === "HELD", muted, operatorMuted, problem };
  }

  wanted(on: boolean): void {
    this.begun.wanted(on);
    this.settle();
  }

  /** The customer pressed Allow. */
  begins(): void {
    this.begun.begins();
    this.settle();
  }

  declined(): void {
    this.begun.declined();
  }

  /** The customer ends it. */
  end(): void {
    this.begun.end();
    this.settle();
  }

  /** The customer's own microphone. */
  setMuted(muted: boolean): void {
    if (this.view === null || this.muted === muted) return;
    this.muted = muted;
    if (this.ownMutes.hasRoom(this.port.now()))
      this.report(muted ? Change.CUSTOMER_MUTED : Change.CUSTOMER_UNMUTED);
    this.settle();
  }

  /** The operator says that theirs is off, or on again. */
  operatorIsMuted(muted: boolean): void {
    if (this.view === null || this.operatorMuted === muted) return;
    if (!this.operatorMutes.hasRoom(this.port.now())) {
      this.port.refuse("voice-too-fast");
      return;
    }
    this.operatorMuted = muted;
    this.report(muted ? Change.OPERATOR_MUTED : Change.OPERATOR_UNMUTED);
    this.port.changed();
  }

  chooseMicrophone(microphone: string): void {
    this.devices.update({ microphone });
    this.closeMicrophone();
    this.settle();
  }

  chooseSpeaker(speaker: string): void {
    this.devices.update({ speaker });
    // biome-ignore lint/correctness/useHookAtTopLevel: a verb, not a hook.
    this.playing?.useSpeaker(speaker);
  }

  /** What the connection brings of the operator's voice. */
  comes(stream: MediaStream): void {
    this.stream = stream;
    this.settle();
  }

  /** The connection is over, and the voice with it. */
  left(): void {
    this.begun.left();
    this.stream = null;
    this.settle();
  }

  /** Everything that follows from how it stands. */
  settle(): void {
    this.begun.settle();
    const { stage } = this.begun;
    if (stage !== "ON" && stage !== "HELD") {
      this.muted = false;
      this.operatorMuted = false;
      this.problem = null;
    }
    if (stage === "ON") this.open();
    else this.close();
    if (this.mutedTold !== this.muted) {
      this.mutedTold = this.muted;
      this.port.tell({ case: "voiceMuted", value: { on: this.muted } });
    }
    this.port.changed();
  }

  private open(): void {
    if (this.opening === null) this.openMicrophone();
    this.microphone?.setOn(!this.muted);
    if (this.playing === null && this.stream !== null)
      this.playing = this.port.sound.play(this.stream, this.devices.get().speaker);
    this.measure();
  }

  private close(): void {
    this.closeMicrophone();
    this.playing?.close();
    this.playing = null;
    this.levels.set(SILENCE);
  }

  private openMicrophone(): void {
    this.attempts += 1;
    const attempt = this.attempts;
    this.opening = attempt;
    const mine = () => this.opening === attempt;
    const lost = () => {
      if (mine()) this.microphoneFailed("none");
    };
    this.port.sound.openMicrophone(this.devices.get().microphone, lost).then(
      (microphone) => {
        if (!mine()) return microphone.close();
        this.microphone = microphone;
        microphone.setOn(!this.muted);
        this.port.say(microphone.track);
        this.opened.set(this.opened.get() + 1);
        this.problemIs(null);
      },
      (problem: unknown) => {
        if (mine()) this.microphoneFailed(microphoneProblem(problem));
      },
    );
  }

  private closeMicrophone(): void {
    if (this.opening === null) return;
    this.opening = null;
    this.port.say(null);
    this.microphone?.close();
    this.microphone = null;
  }

  private microphoneFailed(problem: MicrophoneProblem): void {
    this.port.say(null);
    this.microphone?.close();
    this.microphone = null;
    if (this.problem === null) this.port.report({ case: "unsupported", value: { what: LACKS[problem] } });
    this.problemIs(problem);
  }

  private problemIs(problem: MicrophoneProblem | null): void {
    if (this.problem === problem) return;
    this.problem = problem;
    this.tell();
    this.port.changed();
  }

  private tell(): void {
    const [stage, why] = this.begun.state;
    const microphoneLacks = this.problem === null ? "" : LACKS[this.problem];
    this.port.tell({ case: "voiceState", value: { state: State[stage], why: Why[why], microphoneLacks } });
  }

  private report(change: Change): void {
    this.port.report({ case: "voiceChanged", value: { change } });
  }

  private measure(): void {
    if (this.forgetLevels !== null) return;
    this.forgetLevels = this.port.after(LEVELS_EVERY_MS, () => {
      this.forgetLevels = null;
      if (this.begun.stage !== "ON") return;
      const said = this.muted ? 0 : (this.microphone?.level() ?? 0);
      const heard = this.playing?.level() ?? 0;
      const before = this.levels.get();
      if (said !== before.said || heard !== before.heard) this.levels.set({ said, heard });
      this.measure();
    });
  }
}
