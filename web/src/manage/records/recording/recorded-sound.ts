import type { Speaker } from "../../../shared/recording/piece";
import { TimeStretch } from "./time-stretch";

const RATE = 48_000;
/** What comes is heard so much later: pictures are drawn, and packets read, no more evenly than that. */
const LEAD_S = 0.08;
/** What would be heard later than that is left out: both voices stay with the picture. */
const LATE_MAX_S = 0.4;

/** Plays both voices of a recording, packet by packet, as the picture goes on. */
export class RecordedSound {
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  private volume = 1;
  private readonly voices = new Map<Speaker, Voice>();

  /** To be called by a press, without which browsers play nothing. */
  begin(): void {
    if (typeof AudioContext === "undefined" || typeof AudioDecoder === "undefined") return;
    if (this.context === null) {
      this.context = new AudioContext({ sampleRate: RATE });
      this.gain = new GainNode(this.context, { gain: this.volume });
      this.gain.connect(this.context.destination);
    }
    void this.context.resume();
  }

  /** The next packet of one of them is due. */
  take(speaker: Speaker, packet: Uint8Array, speed: number): void {
    const { context, gain } = this;
    if (context === null || gain === null) return;
    let voice = this.voices.get(speaker);
    if (voice === undefined) {
      voice = new Voice(context, gain);
      this.voices.set(speaker, voice);
    }
    voice.take(packet, speed);
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    this.volume = volume;
    if (this.gain !== null) this.gain.gain.value = volume;
  }

  /** Nothing more is heard of what was taken. */
  silence(): void {
    for (const voice of this.voices.values()) voice.close();
    this.voices.clear();
  }

  close(): void {
    this.silence();
    void this.context?.close();
    this.context = null;
  }
}

class Voice {
  private decoder: AudioDecoder | null = null;
  private readonly stretch = new TimeStretch();
  private readonly playing = new Set<AudioBufferSourceNode>();
  /** Up to when something is to be heard, by the context's clock. */
  private until_s = 0;
  private speed = 1;
  private count = 0;

  constructor(
    private readonly context: AudioContext,
    private readonly out: AudioNode,
  ) {}

  take(packet: Uint8Array, speed: number): void {
    this.speed = speed;
    this.decoder ??= this.open();
    this.count += 1;
    try {
      const timestamp = this.count * 20_000;
      this.decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data: packet }));
    } catch {
      // A stranger's packet that is none: the next one finds a new decoder.
      this.forget();
    }
  }

  close(): void {
    this.forget();
    for (const node of this.playing) node.stop();
    this.playing.clear();
  }

  private open(): AudioDecoder {
    const decoder: AudioDecoder = new AudioDecoder({
      output: (data) => {
        if (decoder === this.decoder) this.hear(samplesOf(data));
        data.close();
      },
      error: () => {
        if (decoder === this.decoder) this.decoder = null;
      },
    });
    decoder.configure({ codec: "opus", sampleRate: RATE, numberOfChannels: 1 });
    return decoder;
  }

  private forget(): void {
    if (this.decoder?.state === "configured") this.decoder.close();
    this.decoder = null;
  }

  private hear(samples: Float32Array<ArrayBuffer>): void {
    const { context, speed } = this;
    const heard = speed === 1 ? samples : this.stretch.push(samples, speed);
    const now_s = context.currentTime;
    if (heard.length === 0 || this.until_s > now_s + LATE_MAX_S) return;
    const begins_s = this.until_s <= now_s ? now_s + LEAD_S : this.until_s;
    const buffer = context.createBuffer(1, heard.length, RATE);
    buffer.copyToChannel(heard, 0);
    const node = new AudioBufferSourceNode(context, { buffer });
    node.connect(this.out);
    node.onended = () => this.playing.delete(node);
    node.start(begins_s);
    this.playing.add(node);
    this.until_s = begins_s + heard.length / RATE;
  }
}

function samplesOf(data: AudioData): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(data.numberOfFrames);
  data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
  return samples;
}
