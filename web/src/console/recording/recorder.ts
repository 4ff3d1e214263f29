import { Problem } from "../../shared/api/problem";
import {
  beginsEpoch,
  type Content,
  PIECE_FULL_BYTES,
  PieceWriter,
  type Speaker,
  settles,
  type VideoFrame,
} from "../../shared/recording/piece";

/** A crash loses no more than what was not yet sent: this, and the time that sending takes. */
const PIECE_MS = 3_000;
/** So often something is sent even where nothing happens: the server ends what it hears nothing of. */
const SIGN_OF_LIFE_MS = 15_000;
/** A player can begin at each full state. */
const STATE_EVERY_MS = 10_000;
/** On a link where a full state takes long, they are to be no more than one part in so many of its time. */
const STATE_SHARE = 20;
/** An app that does not know full states begins a new epoch. */
const STATE_MAX_MS = 2_000;
/** An update of this size says that nothing has changed. */
const CHECK_MAX_BYTES = 40;
/** Waits between attempts to send a piece. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/** More than that waits to be sent: the line is too thin, or the server away for long. */
const WAITING_MAX_BYTES = 96 * 1024 * 1024;

export type EndOfRecording = "stopped" | "full" | "lost" | "failed";

/** `failed`: the code of the problem that ended it. */
export type RecorderState =
  | { readonly kind: "off" }
  | { readonly kind: "on"; readonly since_ms: number }
  | { readonly kind: "held" }
  | { readonly kind: "failed"; readonly code: string };

export type RecorderPort = {
  /** Begins a recording at the server; gives its id. Throws `Problem`. */
  begin(): Promise<string>;
  keep(recording: string, no: number, piece: Uint8Array<ArrayBuffer>): Promise<void>;
  end(recording: string, why: EndOfRecording): Promise<void>;
  /** The customer's picture is video alone: there are no full states, and no areas. */
  videoIsAll(): boolean;
  /** Asks the app for a full state; `epoch`: in the way that every app knows. */
  requestState(epoch: boolean): void;
  /** Asks for a picture of the video that stands by itself. */
  requestKey(): void;
  after(delay_ms: number, task: () => void): () => void;
  now(): number;
};

/**
 * Keeps what the console shows [F-13]: messages as they came, in pieces of a few seconds, one after the other to the server. Nothing
 * is decoded or encoded for it. Whether it runs is the app's to say.
 */
export class Recorder {
  private run: Run | null = null;
  private shape: Uint8Array | null = null;

  constructor(
    private readonly port: RecorderPort,
    private readonly tell: (state: RecorderState) => void,
  ) {}

  /** Something is kept just now. */
  get isOn(): boolean {
    return this.run !== null && !this.run.held;
  }

  /** The app lets it: begins, or goes on after a pause. */
  start(): void {
    if (this.run === null) {
      const run = new Run(this.port, (code) => this.failed(run, code));
      this.run = run;
      run.start();
    }
    this.run.resume(this.shape);
    this.tell({ kind: "on", since_ms: this.run.began_ms });
  }

  /** The customer holds everything up: nothing is to be seen until it goes on. */
  hold(): void {
    if (this.run === null) return;
    this.run.hold();
    this.tell({ kind: "held" });
  }

  stop(why: EndOfRecording): void {
    const { run } = this;
    this.run = null;
    run?.stop(why);
    // What ended it before stays said, until the app says something else.
    if (run !== null || why === "stopped") this.tell({ kind: "off" });
  }

  screen(packet: Uint8Array): void {
    this.run?.screen(packet);
  }

  pointerAt(x: number, y: number): void {
    this.run?.add({ kind: "pointer-at", x, y });
  }

  /** A shape counts until the next one, also for a recording that begins later. */
  pointerShape(shape: Uint8Array): void {
    this.shape = shape;
    this.run?.add({ kind: "pointer-shape", shape });
  }

  /** A picture of the video, as it was sent. */
  video(frame: VideoFrame): void {
    this.run?.video(frame);
  }

  /** A packet of Opus, of either side: the one place where voice [F-14] comes in. */
  sound(speaker: Speaker, packet: Uint8Array): void {
    this.run?.add({ kind: "sound", speaker, packet });
  }

  private failed(run: Run, code: string): void {
    if (this.run !== run) return;
    this.run = null;
    this.tell({ kind: "failed", code });
  }
}

/** One recording, from its beginning to its end. */
class Run {
  held = false;
  readonly began_ms: number;
  private writer: PieceWriter;
  private no = 1;
  private sent_ms = 0;
  private last_ms = 0;
  private readonly waiting: { no: number; piece: Uint8Array<ArrayBuffer> }[] = [];
  private waitingBytes = 0;
  private id: string | null = null;
  private over: EndOfRecording | null = null;
  private sending = false;
  private tries = 0;
  private readonly forget = new Set<() => void>();
  /** Nothing can be shown before the first full state. */
  private begun = false;
  /** No video before the first picture that stands by itself. */
  private keyed = false;
  private asked_ms: number | null = null;
  private answered = false;
  private changed = false;
  private nextState_ms = 0;

  constructor(
    private readonly port: RecorderPort,
    private readonly failed: (code: string) => void,
  ) {
    this.began_ms = port.now();
    this.writer = new PieceWriter(1, 0);
  }

  start(): void {
    void this.begin();
    this.tick();
  }

  resume(shape: Uint8Array | null): void {
    this.held = false;
    this.begun = false;
    this.keyed = false;
    if (shape !== null) this.add({ kind: "pointer-shape", shape });
    this.askState();
  }

  hold(): void {
    this.add({ kind: "blank" });
    this.held = true;
    this.flush();
  }

  stop(why: EndOfRecording): void {
    if (this.over !== null) return;
    this.flush();
    this.over = why;
    for (const forget of this.forget) forget();
    void this.send();
  }

  screen(packet: Uint8Array): void {
    const begins = beginsEpoch(packet);
    if (begins) {
      this.begun = true;
      this.answered = true;
      // With it begins a player, which knows no picture from before.
      this.port.requestKey();
    }
    // What needs an epoch that is not here cannot be shown.
    if (!this.begun) return;
    if (packet.byteLength > CHECK_MAX_BYTES) this.changed = true;
    this.add({ kind: "screen", begins, packet });
    if (settles(packet)) this.settled();
  }

  video(frame: VideoFrame): void {
    // Where it belongs is told by the full state, if there is one.
    if (!this.begun && !this.port.videoIsAll()) return;
    if (!this.keyed && !frame.key) return;
    this.keyed = true;
    this.changed = true;
    this.add({ kind: "video", frame });
  }

  add(content: Content): void {
    if (this.held || this.over !== null) return;
    this.writer.add(this.time(), content);
    if (this.writer.size >= PIECE_FULL_BYTES) this.flush();
  }

  /** Never back, whatever the clock does. */
  private time(): number {
    this.last_ms = Math.max(Math.round(this.port.now() - this.began_ms), this.last_ms);
    return this.last_ms;
  }

  /** A full state that was asked for has come to its end. */
  private settled(): void {
    if (this.asked_ms === null || !this.answered) return;
    const took_ms = this.port.now() - this.asked_ms;
    this.nextState_ms = this.asked_ms + Math.max(STATE_EVERY_MS, took_ms * STATE_SHARE);
    this.asked_ms = null;
    this.changed = false;
  }

  private tick(): void {
    this.later(PIECE_MS, () => {
      const waits_ms = this.time() - this.sent_ms;
      if (!this.writer.isEmpty || waits_ms >= SIGN_OF_LIFE_MS) this.flush();
      if (!this.held && this.changed && this.port.now() >= this.nextState_ms) this.askState();
      this.tick();
    });
  }

  private askState(): void {
    const now = this.port.now();
    this.nextState_ms = now + STATE_EVERY_MS;
    if (this.port.videoIsAll()) {
      this.changed = false;
      this.port.requestKey();
      return;
    }
    this.asked_ms = now;
    this.answered = false;
    this.port.requestState(false);
    this.later(STATE_MAX_MS, () => {
      if (this.asked_ms === now && !this.answered && !this.held) this.port.requestState(true);
    });
  }

  private flush(): void {
    const ends_ms = this.time();
    const piece = this.writer.finish(ends_ms);
    this.waiting.push({ no: this.no, piece });
    this.waitingBytes += piece.byteLength;
    this.sent_ms = ends_ms;
    this.no += 1;
    this.writer = new PieceWriter(this.no, ends_ms);
    if (this.waitingBytes > WAITING_MAX_BYTES) this.fail("recording-too-slow");
    else void this.send();
  }

  private async begin(): Promise<void> {
    try {
      this.id = await this.port.begin();
    } catch (error) {
      return this.fail(codeOf(error));
    }
    await this.send();
  }

  /** Sends what waits, one piece after the other; then the end, if there is one. */
  private async send(): Promise<void> {
    const { id } = this;
    if (this.sending || id === null) return;
    this.sending = true;
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      try {
        await this.port.keep(id, next.no, next.piece);
      } catch (error) {
        this.sending = false;
        return this.notKept(error);
      }
      this.tries = 0;
      this.waiting.shift();
      this.waitingBytes -= next.piece.byteLength;
    }
    this.sending = false;
    if (this.over !== null) await this.port.end(id, this.over).catch(() => {});
  }

  /** A server that is away, or in trouble, comes back; what it refuses stays refused. */
  private notKept(error: unknown): void {
    const passes = error instanceof Problem && (error.status === 0 || error.status >= 500);
    const wait_ms = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)] ?? 0;
    this.tries += 1;
    if (passes && (this.over === null || this.tries < RETRY_MS.length))
      this.port.after(wait_ms, () => void this.send());
    else this.fail(codeOf(error));
  }

  private fail(code: string): void {
    const { id } = this;
    for (const forget of this.forget) forget();
    this.waiting.length = 0;
    const before = this.over;
    this.over = before ?? "failed";
    const why = code.startsWith("recordings-full") ? "full" : (before ?? "failed");
    if (id !== null) void this.port.end(id, why).catch(() => {});
    // What the customer took back needs no words; the app has said it.
    if (before === null) this.failed(code);
  }

  private later(delay_ms: number, task: () => void): void {
    const forget = this.port.after(delay_ms, () => {
      this.forget.delete(forget);
      task();
    });
    this.forget.add(forget);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : "internal";
}
