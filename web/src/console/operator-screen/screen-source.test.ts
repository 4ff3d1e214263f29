import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { PictureDecoder } from "../../shared/picture/decoder";
import { TestClock } from "../../shared/session/test-clock";
import { type EncodedUpdate, ScreenEncoder } from "./screen-encoder";
import { ScreenPace } from "./screen-pace";
import { type Drawn, ScreenSource, sentSize } from "./screen-source";

let encoder: WebAssembly.Module;
let decoder: WebAssembly.Module;

beforeAll(async () => {
  const load = (name: string) => WebAssembly.compile(new Uint8Array(readFileSync(`public/${name}`)));
  [encoder, decoder] = await Promise.all([load("tiles-encoder.wasm"), load("tiles.wasm")]);
});

/** A picture in which no two neighbours are the same, so that it is long. */
function noise(width: number, height: number, seed: number): Drawn {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = seed;
  for (let at = 0; at < data.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    data[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  return { width, height, rgba: () => data };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A source over frames that the test gives, whose updates the real decoder draws. */
function source() {
  const clock = new TestClock();
  const frames: ((drawn: Drawn | null) => void)[] = [];
  const sent: EncodedUpdate[] = [];
  const picture = new PictureDecoder(decoder);
  const made = new ScreenSource({
    next: () => new Promise((resolve) => frames.push(resolve)),
    encoder: new ScreenEncoder(encoder),
    send: (update) => {
      sent.push(update);
      for (const packet of update.packets) picture.receive(new Uint8Array(packet));
    },
    after: (delay_ms, task) => void clock.after(delay_ms, task),
    now: clock.now,
  });
  const ended = made.run();
  const give = async (drawn: Drawn | null) => {
    frames.shift()?.(drawn);
    await settled();
  };
  /** The customer sees all that is sent. */
  const see = async () => {
    for (let count = 0; count < sent.length; ) {
      count = sent.length;
      const { epoch, update } = sent[count - 1] ?? { epoch: 0, update: 0 };
      made.shown(epoch, update);
      clock.pass(100);
      await settled();
    }
  };
  return { made, clock, frames, sent, picture, give, see, ended };
}

describe("what is sent of the operator's screen [F-09]", () => {
  it("nothing is taken before it begins, and then the customer's decoder holds the same pixels", async () => {
    const { made, frames, sent, picture, give, see } = source();
    await settled();
    expect([frames.length, sent.length]).toEqual([0, 0]);
    made.begin(7);
    await settled();
    const drawn = noise(640, 360, 1);
    await give(drawn);
    expect(sent[0]).toMatchObject({ epoch: 7, update: 0 });
    await see();
    expect(sent.length).toBeGreaterThan(1);
    expect(shows(picture, drawn)).toBe(true);
  });

  it("one update is on its way at a time, and no picture is taken meanwhile", async () => {
    const { made, frames, sent, give, see, clock } = source();
    made.begin(0);
    await settled();
    await give(noise(64, 64, 1));
    clock.pass(10_000);
    await settled();
    expect([frames.length, sent.length]).toEqual([0, 1]);
    made.shown(0, 5);
    await settled();
    expect(frames.length).toBe(0);
    await see();
    expect(frames.length).toBe(1);
  });

  it("after a pause a screen that stands still is sent anew, in a new epoch", async () => {
    const { made, sent, give, see } = source();
    made.begin(0);
    await settled();
    await give(noise(64, 64, 1));
    await see();
    made.hold();
    await give(noise(64, 64, 2));
    expect(sent.length).toBe(1);
    made.begin(4);
    expect(sent[1]).toMatchObject({ epoch: 4, update: 0 });
  });

  it("a window that changes its size begins a new epoch, and the end of the screen is the end", async () => {
    const { made, sent, picture, give, see, ended } = source();
    made.begin(0);
    await settled();
    await give(noise(64, 64, 1));
    await see();
    const larger = noise(96, 48, 3);
    await give(larger);
    await see();
    expect(sent[1]).toMatchObject({ epoch: 2, update: 0 });
    expect(shows(picture, larger)).toBe(true);
    await give(null);
    await ended;
  });
});

it("a larger screen is sent smaller, in its own proportions", () => {
  expect(sentSize(1920, 1080)).toEqual({ width: 1920, height: 1080 });
  expect(sentSize(5120, 2880)).toEqual({ width: 2560, height: 1440 });
  expect(sentSize(1440, 5120)).toEqual({ width: 720, height: 2560 });
  expect(sentSize(10_000, 1)).toEqual({ width: 2560, height: 1 });
});

it("a quick way is given longer updates, and a slow one shorter ones, within limits", () => {
  const pace = new ScreenPace();
  const update = (took_ms: number) => {
    pace.sent(0);
    pace.shown(took_ms);
    return pace.target_bytes;
  };
  expect(update(200)).toBe(64 * 1024);
  expect([1, 2, 3, 4, 5].map(() => update(10)).at(-1)).toBe(512 * 1024);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => update(1_000)).at(-1)).toBe(24 * 1024);
  pace.sent(1_000);
  expect([pace.isFree, pace.left_ms(1_030), pace.left_ms(1_200)]).toEqual([false, 70, 0]);
});

/** Compared as one: a million pixels are too many to be told one by one. */
function shows(picture: PictureDecoder, drawn: Drawn): boolean {
  const now = picture.picture();
  return now !== null && Buffer.from(now.rgba).equals(Buffer.from(drawn.rgba()));
}
