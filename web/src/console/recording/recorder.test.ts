import { expect, it } from "vitest";
import { Problem, UNREACHABLE } from "../../shared/api/problem";
import { readPiece, type VideoFrame } from "../../shared/recording/piece";
import { TestClock } from "../../shared/session/test-clock";
import { Recorder, type RecorderState } from "./recorder";

/** A packet of 50 bytes; update 0 begins an epoch, and `settled` says that nothing of the picture waits. */
function packet(update: number, settled = false): Uint8Array {
  const bytes = new Uint8Array(50);
  bytes.set([1, 0, 1, 0, 0, 0, update, 0, 0, 0, 0, 0, 1, 0, 4, 0, 2, 0, settled ? 1 : 0]);
  return bytes;
}

function bench(refuse: (no: number) => Problem | null = () => null, videoIsAll = false) {
  const clock = new TestClock();
  const log: string[] = [];
  const states: RecorderState[] = [];
  const recorder = new Recorder(
    {
      begin: async () => {
        log.push("begin");
        return "id";
      },
      keep: async (_, no, bytes) => {
        const problem = refuse(no);
        if (problem !== null) throw problem;
        const kinds = readPiece(bytes)?.entries.map(({ content }) =>
          content.kind === "screen" && content.begins ? "state" : content.kind,
        );
        log.push(`${no}: ${kinds?.join(" ")}`);
      },
      end: async (_, why) => void log.push(`end ${why}`),
      videoIsAll: () => videoIsAll,
      requestKey: () => void log.push("ask key"),
      requestState: (epoch) => void log.push(epoch ? "ask epoch" : "ask state"),
      after: (delay_ms, task) => clock.after(delay_ms, task),
      now: () => clock.now(),
    },
    (state) => void states.push(state),
  );
  const wait = async (ms: number) => {
    clock.pass(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return { recorder, log, states, wait, clock };
}

it("F-13: keeps what came since the first full state, in pieces of three seconds", async () => {
  const { recorder, log, wait } = bench();
  recorder.screen(packet(0));
  recorder.start();
  recorder.screen(packet(7));
  recorder.screen(packet(0));
  recorder.pointerAt(1, 2);
  await wait(3_000);
  recorder.screen(packet(1));
  recorder.stop("stopped");
  await wait(0);
  expect(log).toEqual(["begin", "ask state", "ask key", "1: state pointer-at", "2: screen", "end stopped"]);
  recorder.screen(packet(2));
  await wait(60_000);
  expect(log).toHaveLength(6);
});

function picture(key: boolean): VideoFrame {
  return { key, codec: "av1", rtpTime: 3, width: 640, height: 360, data: Uint8Array.of(1) };
}

it("keeps video from the first picture after a full state that stands by itself, and both voices", async () => {
  const { recorder, log, wait } = bench();
  recorder.start();
  recorder.video(picture(true));
  recorder.screen(packet(0));
  recorder.video(picture(false));
  recorder.video(picture(true));
  recorder.video(picture(false));
  recorder.sound("operator", Uint8Array.of(1));
  recorder.sound("customer", Uint8Array.of(2));
  await wait(3_000);
  expect(log).toContain("1: state video video sound sound");
  recorder.hold();
  recorder.sound("customer", Uint8Array.of(2));
  recorder.start();
  recorder.screen(packet(0));
  recorder.video(picture(false));
  await wait(3_000);
  expect(log.filter((line) => /^[23]/.test(line))).toEqual(["2: blank", "3: state"]);
});

it("of a picture that is video alone it asks for ones that stand by themselves, while something comes", async () => {
  const { recorder, log, wait } = bench(undefined, true);
  recorder.start();
  recorder.video(picture(false));
  recorder.video(picture(true));
  await wait(3_000);
  expect(log).toEqual(["begin", "ask key", "1: video"]);
  await wait(7_000);
  for (let turn = 0; turn < 20; turn += 1) await wait(3_000);
  expect(log.filter((line) => line.startsWith("ask"))).toEqual(["ask key", "ask key"]);
});

it("asks for a full state every ten seconds in which something changed", async () => {
  const { recorder, log, wait } = bench();
  const asked = () => log.filter((line) => line === "ask state").length;
  recorder.start();
  recorder.screen(packet(0));
  recorder.screen(packet(1, true));
  await wait(30_000);
  expect(asked()).toBe(1);
  recorder.screen(packet(1));
  await wait(3_000);
  expect(asked()).toBe(2);
  // On a thin link this one takes a second: the next comes no sooner than twenty later.
  await wait(1_000);
  recorder.screen(packet(0));
  recorder.screen(packet(1, true));
  recorder.screen(packet(2));
  await wait(17_000);
  expect(asked()).toBe(2);
  await wait(5_000);
  expect(asked()).toBe(3);
});

it("asks an app that does not know full states for a new epoch", async () => {
  const { recorder, log, wait } = bench();
  recorder.start();
  await wait(2_000);
  expect(log).toEqual(["begin", "ask state", "ask epoch"]);
});

it("shows signs of life while nothing happens", async () => {
  const { recorder, log, wait } = bench();
  recorder.start();
  for (let turn = 0; turn < 20; turn += 1) await wait(3_000);
  expect(log.filter((line) => /^\d+: $/.test(line)).length).toBeGreaterThan(2);
});

it("X-10: a pause shows nothing, and what comes after it begins with a full state", async () => {
  const { recorder, log, states, wait } = bench();
  recorder.start();
  recorder.screen(packet(0));
  recorder.hold();
  recorder.screen(packet(1));
  await wait(3_000);
  recorder.start();
  recorder.screen(packet(2));
  recorder.screen(packet(0));
  await wait(3_000);
  expect(log.filter((line) => /^\d/.test(line))).toEqual(["1: state blank", "2: state"]);
  expect(states.map(({ kind }) => kind)).toEqual(["on", "held", "on"]);
});

it("tries again while the server is away, and ends with its word where it refuses", async () => {
  let away = true;
  const first = bench(() => (away ? new Problem(0, UNREACHABLE, "") : null));
  first.recorder.start();
  first.recorder.screen(packet(0));
  await first.wait(3_000);
  away = false;
  await first.wait(1_000);
  expect(first.log).toContain("1: state");
  const full = bench(() => new Problem(409, "recordings-full-company", ""));
  full.recorder.start();
  full.recorder.screen(packet(0));
  await full.wait(3_000);
  expect(full.states.at(-1)).toEqual({ kind: "failed", code: "recordings-full-company" });
  expect(full.log.at(-1)).toBe("end full");
});
