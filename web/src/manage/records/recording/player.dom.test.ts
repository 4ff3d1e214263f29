import { readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { TestCanvas } from "../../../shared/picture/test-canvas";
import { type Content, PieceWriter } from "../../../shared/recording/piece";
import { beginningOf, type PieceInfo, RecordingPlayer } from "./player";

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(new Uint8Array(readFileSync("public/tiles.wasm")));
});

const heard: string[] = [];
const decoded: string[] = [];

/** Decodes each picture to one of 4 × 2 whose pixels are red by the first byte of its data. */
class PlayedDecoder {
  static source = { red: 0 };
  state = "unconfigured";

  constructor(private readonly init: { output(frame: unknown): void; error(error: object): void }) {}

  configure({ codec }: { codec: string }): void {
    this.state = "configured";
    decoded.push(codec);
    if (!codec.startsWith("avc1")) return;
    this.state = "closed";
    setTimeout(() => this.init.error({ name: "NotSupportedError" }), 1);
  }

  decode({ type, timestamp, data }: { type: string; timestamp: number; data: Uint8Array }): void {
    if (this.state === "closed") throw new Error("closed");
    decoded.push(type);
    const [red = 0] = data;
    setTimeout(() => {
      if (this.state !== "configured") return;
      PlayedDecoder.source.red = red;
      this.init.output({ displayWidth: 4, displayHeight: 2, timestamp, close: () => {} });
    }, 1);
  }

  close(): void {
    this.state = "closed";
  }
}

class Chunk {
  constructor(given: object) {
    Object.assign(this, given);
  }
}

class PlayedContext {
  currentTime = 0;
  destination = {};

  createBuffer(_channels: number, length: number) {
    return { length, copyToChannel: (samples: Float32Array) => void heard.push(`${samples[0]}`) };
  }

  resume(): void {}
  close(): void {}
}

class PlayedGain {
  gain: { value: number };

  constructor(_context: unknown, { gain }: { gain: number }) {
    this.gain = { value: gain };
    gains.push(this.gain);
  }

  connect(): void {}
}

const gains: { value: number }[] = [];

class PlayedSource {
  onended = () => {};

  connect(): void {}

  start(at_s: number): void {
    heard.push(`at ${at_s.toFixed(2)}`);
  }

  stop(): void {
    heard.push("silence");
  }
}

/** A packet is decoded to 20 ms of its first byte. */
class PlayedSoundDecoder {
  state = "unconfigured";

  constructor(private readonly init: { output(data: unknown): void }) {}

  configure(): void {
    this.state = "configured";
  }

  decode({ data }: { data: Uint8Array }): void {
    const copyTo = (samples: Float32Array) => void samples.fill(data[0] ?? 0);
    this.init.output({ numberOfFrames: 960, copyTo, close: () => {} });
  }

  close(): void {
    this.state = "closed";
  }
}

beforeEach(() => {
  vi.stubGlobal("VideoDecoder", PlayedDecoder);
  vi.stubGlobal("EncodedVideoChunk", Chunk);
  vi.stubGlobal("EncodedAudioChunk", Chunk);
  vi.stubGlobal("AudioDecoder", PlayedSoundDecoder);
  vi.stubGlobal("AudioContext", PlayedContext);
  vi.stubGlobal("GainNode", PlayedGain);
  vi.stubGlobal("AudioBufferSourceNode", PlayedSource);
  for (const each of [heard, decoded, gains]) each.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

/** A packet of 4 × 2 pixels, as in picture-view.test.ts. */
function packet(update: number, body: readonly number[]): Content {
  const frame = update === 0 ? [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68] : [];
  const stream = [...frame, body.length << 3, 0, 0, ...body];
  const bytes = Uint8Array.of(
    ...[1, 0, 1, 0, 0, 0, update, 0, 0, 0, 0, 0, 1, 0],
    ...[4, 0, 2, 0, 1, body.length, 0, 0, 0, ...stream],
  );
  return { kind: "screen", begins: update === 0, packet: bytes };
}

const FILL = [0, 0, 0, 0, 0, 4, 0, 2, 0, 0, 0, 255];
/** The area 18: x 1, y 0, 2 × 2. */
const OPEN = [4, 18, 1, 0, 0, 0, 2, 0, 2, 0];

function video(rtpTime: number, red: number, key = false): Content {
  const data = Uint8Array.of(red);
  return { kind: "video", frame: { key, codec: "vp8", rtpTime, width: 4, height: 2, data } };
}

function sound(loud: number): Content {
  return { kind: "sound", speaker: "customer", packet: Uint8Array.of(loud) };
}

/** A player of one piece of ten seconds, with an entry each second. */
function playerOf(contents: readonly Content[], info: Partial<PieceInfo>) {
  const writer = new PieceWriter(1, 0);
  contents.forEach((content, at) => {
    writer.add(at * 1_000, content);
  });
  const bytes = writer.finish(10_000);
  const canvas = new TestCanvas(PlayedDecoder.source);
  const piece = { no: 1, starts_ms: 0, ends_ms: 10_000, state_ms: null, video_key_ms: null, ...info };
  return { canvas, player: new RecordingPlayer(canvas.element, module, [piece], async () => bytes) };
}

it("composes the video as the console does: in its open area, from the first that stands by itself", async () => {
  const { canvas, player } = playerOf(
    [packet(0, FILL), packet(1, OPEN), video(2, 90), video(2, 40, true), video(2, 41), video(3, 99)],
    { state_ms: 0, video_key_ms: 3_000 },
  );
  await player.seek(2_500);
  expect(decoded).toEqual([]);
  expect(canvas.rows()[0]).toEqual([255, 255, 255, 255]);
  await player.seek(3_500);
  expect(canvas.rows()[0]).toEqual([255, 40, 40, 255]);
  // The last one belongs to an area that is not open.
  await player.seek(9_000);
  expect(canvas.rows()[0]).toEqual([255, 41, 41, 255]);
  expect(decoded).toEqual(["vp8", "key", "vp8", "key", "delta", "delta"]);
  player.close();
});

it("shows video alone as the whole picture, and nothing of it after a pause", async () => {
  const { canvas, player } = playerOf(
    [video(1, 7), video(1, 8, true), video(1, 9), { kind: "blank" }, video(1, 10)],
    { video_key_ms: 1_000 },
  );
  await player.seek(2_500);
  expect(canvas.rows()).toEqual([
    [9, 9, 9, 9],
    [9, 9, 9, 9],
  ]);
  expect(player.state.get().size).toEqual({ width: 4, height: 2 });
  await player.seek(9_000);
  expect(decoded).toEqual(["vp8", "key", "delta", "vp8", "key", "delta"]);
  player.close();
});

it("says what this browser cannot decode, and asks it once", async () => {
  const strange = (key: boolean): Content => {
    const data = Uint8Array.of(0, 0, 1, 0x67, 0x64, 0, 0x33);
    return { kind: "video", frame: { key, codec: "h264", rtpTime: 1, width: 4, height: 2, data } };
  };
  const { player } = playerOf([strange(true), strange(false), strange(true)], { video_key_ms: 0 });
  await player.seek(500);
  await vi.waitFor(() => expect(player.state.get().unknownCodec).toBe("h264"));
  await player.seek(9_000);
  expect(decoded).toEqual(["avc1.640033"]);
  player.close();
});

it("plays what is said as the picture goes on, silent on the way to another moment, in a pause, and when muted", async () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => void frames.push(frame));
  let now_ms = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now_ms);
  const { player } = playerOf([sound(1), sound(2), sound(3), sound(4)], {});
  const passes = async (ms: number) => {
    now_ms += ms;
    for (const frame of frames.splice(0)) frame();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  await player.seek(1_500);
  expect(heard).toEqual([]);
  await player.play();
  await passes(600);
  expect(heard.splice(0)).toEqual(["3", "at 0.08"]);
  player.pause();
  await passes(2_000);
  expect(heard.splice(0)).toEqual(["silence"]);
  player.setMuted(true);
  expect(gains.map(({ value }) => value)).toEqual([0]);
  player.setVolume(0.4);
  expect(gains.map(({ value }) => value)).toEqual([0.4]);
  expect(player.state.get()).toMatchObject({ muted: false, volume: 0.4 });
  player.close();
  vi.restoreAllMocks();
});

it("begins at the last full state, or where there is none at the last picture that stands by itself", () => {
  const piece = (no: number, state_ms: number | null, video_key_ms: number | null): PieceInfo => ({
    no,
    starts_ms: no * 3_000,
    ends_ms: no * 3_000 + 3_000,
    state_ms,
    video_key_ms,
  });
  const app = [piece(0, 500, 700), piece(1, null, 4_000), piece(2, 6_100, null)];
  expect(beginningOf(app, 5_000)).toEqual({ piece: 0, at_ms: 500 });
  expect(beginningOf(app, 6_100)).toEqual({ piece: 2, at_ms: 6_100 });
  const browser = [piece(0, null, 700), piece(1, null, 4_000), piece(2, null, null)];
  expect(beginningOf(browser, 9_000)).toEqual({ piece: 1, at_ms: 4_000 });
  expect(beginningOf(browser, 100)).toEqual({ piece: 0, at_ms: 0 });
});
