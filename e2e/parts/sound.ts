// Sound of a machine without any: a real sound server whose speaker and microphone end in nothing, so that a test can listen to the
// one and speak into the other.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { Program } from "./program.ts";

const RATE = 48_000;
const TONE_HZ = 1_000;
/** What comes later was lost. */
const LATEST_MS = 1_500;
/** How long one look at the sound is: short, since a machine that is busy with other tests leaves holes in it. */
const WINDOW = RATE / 50;

/** What is heard within a second and a half, in windows of 20 ms. */
export interface Heard {
  /** Windows in which a tone of 1 kHz is what there is to hear. */
  tones: number;
  /** The loudest of all: the root of the mean square, of 1. */
  loudest: number;
}

export interface Devices {
  microphone?: boolean;
  speaker?: boolean;
}

export class Sound {
  private readonly speaking: Program[] = [];

  private constructor(
    readonly folder: string,
    readonly env: Record<string, string>,
    private readonly server: Program,
  ) {}

  static async start({ microphone = true, speaker = true }: Devices = {}): Promise<Sound> {
    const folder = await mkdtemp(join(tmpdir(), "beside-sound-"));
    const socket = join(folder, "native");
    const modules = [
      ...(speaker ? [`module-null-sink sink_name=speaker rate=${RATE} sink_properties=device.description=Speaker`] : []),
      ...(microphone
        ? [
            `module-null-sink sink_name=mouth rate=${RATE}`,
            "module-remap-source source_name=microphone master=mouth.monitor source_properties=device.description=Microphone",
          ]
        : []),
      `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    ];
    const quiet = ["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--log-level=error"];
    const env = { ...clean(process.env), HOME: folder, XDG_RUNTIME_DIR: folder };
    const server = Program.start("pulseaudio", [...quiet, ...modules.flatMap((module) => ["-L", module])], { env });
    const sound = new Sound(folder, { PULSE_SERVER: `unix:${socket}` }, server);
    try {
      await sound.answers();
      if (speaker) await sound.control("set-default-sink", "speaker");
      if (microphone) await sound.control("set-default-source", "microphone");
      await writeFile(sound.beeps, beeps());
      return sound;
    } catch (error) {
      await sound.stop();
      throw error;
    }
  }

  /** Speaks into the microphone: beeps of 1 kHz, which no browser takes for noise. Ends with `silent`, or by itself after two minutes. */
  speak(): void {
    const how = ["--raw", "--format=s16le", `--rate=${RATE}`, "--channels=1", "--latency-msec=20", "--device=mouth"];
    this.speaking.push(Program.start("pacat", [...how, this.beeps], { env: this.own }));
  }

  async silent(): Promise<void> {
    await Promise.all(this.speaking.splice(0).map((program) => program.stop("SIGKILL")));
  }

  /** What comes out of the speaker now. */
  async hear(): Promise<Heard> {
    const samples = await this.listen(1.5);
    const heard: Heard = { tones: 0, loudest: 0 };
    for (let at = 0; at + WINDOW <= samples.length; at += WINDOW) {
      const window = samples.subarray(at, at + WINDOW);
      const loud = loudness(window);
      heard.loudest = Math.max(heard.loudest, loud);
      if (loud > 0.01 && shareOfTone(window) > 0.7) heard.tones += 1;
    }
    return heard;
  }

  /**
   * How long each beep that is spoken here takes to come out of `other`'s speaker, ms, and which share of them never did: by when its
   * beginning is recorded at both ends, with the same short buffer at each.
   */
  async delaysTo(other: Sound, seconds: number): Promise<{ delays: number[]; lost: number }> {
    const [said, heard] = await Promise.all([this.beginnings('mouth.monitor', seconds), other.beginnings('speaker.monitor', seconds + LATEST_MS / 1000)]);
    // Beeps are unevenly apart, so that by the delay that most of them have in common each is known again.
    const all = said.flatMap((at) => heard.map((when) => when - at)).filter((delay) => delay > 0 && delay < LATEST_MS);
    const like = (delay: number) => all.filter((other) => Math.abs(other - delay) < 20).length;
    const usual = all.reduce((best, delay) => (like(delay) > like(best) ? delay : best), all[0] ?? 0);
    const delays = said.flatMap((at) => heard.map((when) => when - at).filter((delay) => delay > 0 && Math.abs(delay - usual) < 90).slice(0, 1));
    return { delays, lost: said.length === 0 ? 1 : 1 - delays.length / said.length };
  }

  /** How many programs listen to the microphone. */
  async listeners(): Promise<number> {
    return (await this.control("list", "short", "source-outputs")).split("\n").filter((line) => line !== "" && !line.includes("module-remap")).length;
  }

  async stop(): Promise<void> {
    await this.silent();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get beeps(): string {
    return join(this.folder, "beeps.raw");
  }

  private get own(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.env, HOME: this.folder };
  }

  private async control(...args: string[]): Promise<string> {
    return Program.run("pactl", args, { env: this.own });
  }

  private async answers(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const probe = Program.start("pactl", ["info"], { env: this.own });
      if ((await probe.exit()) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the sound server did not start\n${this.server.lines.join("\n")}`);
  }

  /** When beeps begin at a device, ms of this process's clock. */
  private async beginnings(device: string, seconds: number): Promise<number[]> {
    const how = ["--raw", "--format=float32le", `--rate=${RATE}`, "--channels=1", "--latency-msec=5", `--device=${device}`];
    const child = spawn("parec", how, { env: this.own, stdio: ["ignore", "pipe", "ignore"] });
    const until = performance.now() + seconds * 1000;
    const found: number[] = [];
    let quiet = 0;
    for await (const piece of child.stdout) {
      const now = performance.now();
      if (now > until) break;
      const bytes = piece as Buffer;
      const count = Math.floor(bytes.length / 4);
      for (let at = 0; at < count; at += 1) {
        if (Math.abs(bytes.readFloatLE(at * 4)) < 0.03) quiet += 1;
        else {
          // After a tenth of a second of nothing: the beginning of a beep.
          if (quiet > RATE / 10) found.push(now - ((count - at) / RATE) * 1000);
          quiet = 0;
        }
      }
    }
    child.kill("SIGKILL");
    return found;
  }

  private async listen(seconds: number): Promise<Float32Array> {
    const how = ["--raw", "--format=float32le", `--rate=${RATE}`, "--channels=1", "--latency-msec=20", "--device=speaker.monitor"];
    const child = spawn("parec", how, { env: this.own, stdio: ["ignore", "pipe", "ignore"] });
    const wanted = seconds * RATE * 4;
    let bytes = Buffer.alloc(0);
    for await (const piece of child.stdout) {
      bytes = Buffer.concat([bytes, piece as Buffer]);
      if (bytes.length >= wanted) break;
    }
    child.kill("SIGKILL");
    const samples = new Float32Array(Math.min(seconds * RATE, Math.floor(bytes.length / 4)));
    return samples.map((_, at) => bytes.readFloatLE(at * 4));
  }
}

export const isTone = ({ tones }: Heard) => tones >= 8;
export const isSilence = ({ loudest }: Heard) => loudest < 0.003;

/** Nobody speaks. */
export const nobody = { speak: () => {}, silent: async () => {} };

/** Until that comes out of one side's speaker while the other side alone speaks: of two, echo cancellation would take one for the other. */
export async function arrives(what: (heard: Heard) => boolean, from: Pick<Sound, "speak" | "silent">, to: Sound, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  from.speak();
  try {
    await expect(async () => {
      const heard = await to.hear();
      expect(what(heard), JSON.stringify(heard)).toBe(true);
    }).toPass({ timeout: 30_000, intervals: [100] });
    await meanwhile();
  } finally {
    await from.silent();
  }
}

function clean(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PULSE_SERVER: _server, DISPLAY: _display, ...rest } = env;
  return rest;
}

/** Two minutes of 300 ms of tone and 150 to 350 ms of nothing, 16 bits. */
function beeps(): Buffer {
  const bytes = Buffer.alloc(RATE * 120 * 2);
  let [begins, next] = [0, 0];
  for (let at = 0, beep = 0; at < RATE * 120; at += 1) {
    if (at === next) {
      begins = at;
      next += Math.round(RATE * (0.45 + ((beep * 7) % 11) * 0.02));
      beep += 1;
    }
    const on = at - begins < RATE * 0.3;
    bytes.writeInt16LE(on ? Math.round(12_000 * Math.sin((2 * Math.PI * TONE_HZ * at) / RATE)) : 0, at * 2);
  }
  return bytes;
}

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Which part of the sound is 1 kHz, 0 to 1 (Goertzel). */
function shareOfTone(samples: Float32Array): number {
  const turn = 2 * Math.cos((2 * Math.PI * TONE_HZ) / RATE);
  let [one, two] = [0, 0];
  for (const sample of samples) [one, two] = [sample + turn * one - two, one];
  const power = one * one + two * two - turn * one * two;
  const all = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return all === 0 ? 0 : power / ((all * samples.length) / 2);
}
