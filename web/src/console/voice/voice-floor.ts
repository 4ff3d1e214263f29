import { Store } from "../../shared/session/store";

type Memory = Pick<Storage, "getItem" | "setItem">;
type Holder = { stepAside(): void };

const MICROPHONE_KEY = "beside-console-microphone";
const SPEAKER_KEY = "beside-console-speaker";

/** What all sessions of this console share of the voice: one of them has it at a time, by the same devices. */
export class VoiceFloor {
  /** The chosen device's id; empty: the browser's own choice. Kept by this browser where it allows that. */
  readonly microphone: Store<string>;
  readonly speaker: Store<string>;
  private holder: Holder | null = null;

  constructor(private readonly memory: Memory) {
    this.microphone = new Store(this.recall(MICROPHONE_KEY));
    this.speaker = new Store(this.recall(SPEAKER_KEY));
  }

  /** This one talks now, and whoever did steps aside. */
  take(holder: Holder): void {
    const before = this.holder;
    this.holder = holder;
    if (before !== null && before !== holder) before.stepAside();
  }

  /** This one talks no more. Nobody else begins by that. */
  leave(holder: Holder): void {
    if (this.holder === holder) this.holder = null;
  }

  chooseMicrophone(id: string): void {
    this.keep(MICROPHONE_KEY, id);
    this.microphone.set(id);
  }

  chooseSpeaker(id: string): void {
    this.keep(SPEAKER_KEY, id);
    this.speaker.set(id);
  }

  private keep(key: string, id: string): void {
    try {
      this.memory.setItem(key, id);
    } catch {
      // Full or forbidden: the choice holds until the page is closed.
    }
  }

  private recall(key: string): string {
    try {
      return this.memory.getItem(key) ?? "";
    } catch {
      return "";
    }
  }
}
