import { readFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PictureDecoder, PictureError } from "../../shared/picture/decoder";
import { TestCanvas } from "../../shared/picture/test-canvas";
import { PictureView } from "./picture-view";

// The real decoder: `cargo xtask wasm` puts it there.
const MODULE_FILE = "public/tiles.wasm";

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(new Uint8Array(readFileSync(MODULE_FILE)));
});

type Update = {
  epoch: number;
  update: number;
  body?: readonly number[];
  checksum?: readonly number[];
  settled?: boolean;
};

/** A packet of 4 × 2 pixels, as crates/tiles/src/update.rs lays it out; the body is one raw block of a zstd stream. */
function packet({ epoch, update, body = [], checksum = [], settled = true }: Update): Uint8Array {
  const flags = (settled ? 1 : 0) + (checksum.length === 0 ? 0 : 6);
  const stream = body.length === 0 ? [] : block(update, body);
  return Uint8Array.of(
    ...[1, 0, epoch, 0, 0, 0, update, 0, 0, 0, 0, 0, 1, 0],
    ...[4, 0, 2, 0, flags, ...checksum, body.length, 0, 0, 0, ...stream],
  );
}

function block(update: number, body: readonly number[]): number[] {
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68];
  return [...(update === 0 ? frame : []), body.length << 3, 0, 0, ...body];
}

const fill = (colour: readonly number[]) => [0, 0, 0, 0, 0, 4, 0, 2, 0, ...colour];
const RED = [0, 0, 255];
const BLUE = [255, 0, 0];
/** Of 4 × 2 red pixels; held against the encoder's by `the_checksum_of_a_known_picture_never_changes`. */
const RED_CHECKSUM = [162, 230, 212, 43, 58, 192, 186, 96];

function view() {
  const given = new PictureView(() => Promise.resolve(module));
  const calls = { acknowledged: vi.fn(), exact: vi.fn(), size: vi.fn(), asked: vi.fn() };
  given.onAcknowledge(calls.acknowledged);
  given.onExact(calls.exact);
  given.onSize(calls.size);
  given.onRequest(calls.asked);
  return { ...calls, view: given };
}

describe("PictureView", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it("draws, acknowledges and tells the size, also of packets that came before the decoder", async () => {
    const { view: picture, acknowledged, size } = view();
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(RED) }));
    await vi.advanceTimersByTimeAsync(0);
    expect(acknowledged).toHaveBeenCalledExactlyOnceWith({ epoch: 1, update: 0, exact: false });
    expect(size).toHaveBeenCalledExactlyOnceWith({ width: 4, height: 2 });
    expect([...(picture.picture()?.rgba.subarray(0, 4) ?? [])]).toEqual([255, 0, 0, 255]);
  });

  it("says exact only while the checksum matches", async () => {
    const { view: picture, exact } = view();
    await vi.advanceTimersByTimeAsync(0);
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(RED), checksum: RED_CHECKSUM }));
    expect(exact.mock.lastCall).toEqual([true]);
    picture.onPacket("screen", packet({ epoch: 1, update: 1, body: fill(BLUE) }));
    expect(exact.mock.lastCall).toEqual([false]);
  });

  it("sees one damaged pixel at the next checksum, asks for a new epoch and is exact again", async () => {
    const { view: picture, exact, asked } = view();
    await vi.advanceTimersByTimeAsync(0);
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(RED), checksum: RED_CHECKSUM }));
    picture.picture()?.rgba.set([254], 4);
    picture.onPacket("screen", packet({ epoch: 1, update: 1, checksum: RED_CHECKSUM }));
    expect(exact.mock.lastCall).toEqual([false]);
    expect(asked).toHaveBeenCalledExactlyOnceWith("new-epoch");
    picture.onPacket("screen", packet({ epoch: 2, update: 0, body: fill(RED), checksum: RED_CHECKSUM }));
    expect(exact.mock.lastCall).toEqual([true]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("asks again while a damaged stream is not replaced", async () => {
    const { view: picture, asked } = view();
    await vi.advanceTimersByTimeAsync(0);
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: [99] }));
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveBeenCalledTimes(2);
    picture.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("draws an update once, by whichever channel it comes first", async () => {
    const { view: picture, acknowledged } = view();
    await vi.advanceTimersByTimeAsync(0);
    const first = packet({ epoch: 1, update: 0, body: fill(RED) });
    const second = packet({ epoch: 1, update: 1, body: fill(BLUE) });
    picture.onPacket("screen", first);
    picture.onPacket("repeat", second);
    picture.onPacket("screen", second);
    expect(acknowledged).toHaveBeenCalledTimes(2);
  });

  it("begins anew for a new connection, even with a lower epoch", async () => {
    const { view: picture, acknowledged } = view();
    await vi.advanceTimersByTimeAsync(0);
    picture.onPacket("screen", packet({ epoch: 9, update: 0, body: fill(RED) }));
    picture.begin();
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(BLUE) }));
    expect(acknowledged.mock.lastCall).toEqual([{ epoch: 1, update: 0, exact: false }]);
  });

  it("F-08: gives a still picture when it is exact, and after a while as it is", async () => {
    const drawn = vi.fn();
    const context = { putImageData: drawn, drawImage: () => {} };
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(() => context as never);
    const { view: picture } = view();
    picture.attach(document.createElement("canvas"));
    await vi.advanceTimersByTimeAsync(0);
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(RED) }));
    const late = picture.still(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toMatchObject({ truth: "late", canvas: { width: 4, height: 2 } });
    const waiting = picture.still(1_000);
    picture.onPacket("screen", packet({ epoch: 1, update: 1, checksum: RED_CHECKSUM }));
    picture.onPacket("screen", packet({ epoch: 1, update: 2, body: fill(BLUE) }));
    expect(await waiting).toMatchObject({ truth: "exact" });
    const left = picture.still(60_000);
    picture.close();
    expect(await left).toBeNull();
    vi.restoreAllMocks();
  });

  it("tells that the decoder cannot be loaded", async () => {
    const fault = vi.fn();
    const picture = new PictureView(() => Promise.reject(new Error("404")));
    picture.onFault(fault);
    await vi.advanceTimersByTimeAsync(0);
    expect(fault).toHaveBeenCalledOnce();
  });
});

describe("PictureView and a sender without measure", () => {
  /** An update that fills 16,384 × 4,096 pixels by a message of 47 bytes. */
  const fillMost = (update: number) => {
    const bytes = packet({ epoch: 1, update, body: [0, 0, 0, 0, 0, 0, 64, 0, 16, ...RED] });
    bytes.set([0, 64, 0, 16], 14);
    return bytes;
  };

  async function flooded(hostile: (at: number) => Uint8Array) {
    vi.useFakeTimers();
    const now = { ms: 0 };
    const picture = new PictureView(
      () => Promise.resolve(module),
      () => now.ms,
    );
    const [flood, acknowledged] = [vi.fn(), vi.fn()];
    picture.onFlood(flood);
    picture.onAcknowledge(acknowledged);
    await vi.advanceTimersByTimeAsync(0);
    let sent = 0;
    for (; sent < 1_000 && flood.mock.calls.length === 0; sent += 1) {
      now.ms += 10;
      picture.onPacket("screen", hostile(sent));
    }
    return { picture, flood, acknowledged, sent };
  }

  it("closes after a few costly packets, takes no more, and opens again when asked", async () => {
    const { picture, flood, acknowledged, sent } = await flooded(fillMost);
    expect(sent).toBeLessThan(40);
    expect(picture.picture()).toBeNull();
    const before = acknowledged.mock.calls.length;
    picture.onPacket("screen", packet({ epoch: 2, update: 0, body: fill(RED) }));
    expect(acknowledged).toHaveBeenCalledTimes(before);
    picture.reopen();
    picture.onPacket("screen", packet({ epoch: 1, update: 0, body: fill(RED) }));
    expect(acknowledged.mock.lastCall).toEqual([{ epoch: 1, update: 0, exact: false }]);
    expect(flood).toHaveBeenCalledTimes(1);
  });

  it("closes where epochs follow one another too fast, also if none of them is drawn", async () => {
    const { sent } = await flooded((at) => packet({ epoch: at + 1, update: 0, body: [99] }));
    expect(sent).toBeLessThan(30);
  });

  it("asks nothing of a sender that is closed", async () => {
    const { picture } = await flooded((at) => packet({ epoch: at + 1, update: 0, body: [99] }));
    const asked = vi.fn();
    picture.onRequest(asked);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("PictureView with an open area", () => {
  /** The two middle columns of both rows. */
  const OPEN = [4, 18, 1, 0, 0, 0, 2, 0, 2, 0];
  const CLOSE = [5, 18];
  const PICTURE = { width: 2, height: 2, rtpTimestamp: 0x7002 };
  const source = document.createElement("video");

  async function canvasWith(...updates: Omit<Update, "epoch" | "update">[]) {
    vi.useFakeTimers();
    const { view: picture, exact } = view();
    const painted = { red: 111 };
    const canvas = new TestCanvas(painted);
    picture.attach(canvas.element);
    await vi.advanceTimersByTimeAsync(0);
    let update = 0;
    const send = (given: Omit<Update, "epoch" | "update">) => {
      picture.onPacket("screen", packet({ ...given, epoch: 1, update }));
      update += 1;
    };
    for (const given of updates) send(given);
    return { picture, canvas, send, painted, exact };
  }

  it("keeps the old pixels until the first picture of the video, and draws nothing exact over it", async () => {
    const { picture, canvas, send } = await canvasWith({ body: fill(RED) }, { body: OPEN });
    expect(canvas.rows()).toEqual([
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
    picture.onVideoPicture({ ...PICTURE, rtpTimestamp: 0x7003 }, source);
    expect(canvas.rows()[0]).toEqual([255, 255, 255, 255]);
    picture.onVideoPicture(PICTURE, source);
    expect(canvas.rows()[0]).toEqual([255, 111, 111, 255]);
    send({ body: fill([0, 0, 9]) });
    expect(canvas.rows()).toEqual([
      [9, 111, 111, 9],
      [9, 111, 111, 9],
    ]);
  });

  it("keeps the last picture of a closed area until exact pixels come, and takes no later one", async () => {
    const { picture, canvas, send, painted } = await canvasWith({ body: fill(RED) }, { body: OPEN });
    picture.onVideoPicture(PICTURE, source);
    send({ body: CLOSE, settled: false });
    painted.red = 222;
    picture.onVideoPicture(PICTURE, source);
    expect(canvas.rows()[1]).toEqual([255, 111, 111, 255]);
    send({ body: [0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 33], settled: false });
    expect(canvas.rows()[1]).toEqual([255, 33, 111, 255]);
    send({});
    expect(canvas.rows()).toEqual([
      [255, 0, 0, 255],
      [255, 33, 0, 255],
    ]);
  });

  it("shows the picture that came before the message that opens its area", async () => {
    const { picture, canvas, send } = await canvasWith({ body: fill(RED) });
    picture.onVideoPicture(PICTURE, source);
    send({ body: OPEN });
    expect(canvas.rows()[0]).toEqual([255, 111, 111, 255]);
  });

  it("is closed where the video is larger than a page can draw", async () => {
    const { picture, canvas, painted } = await canvasWith({ body: fill(RED) }, { body: OPEN });
    const flood = vi.fn();
    picture.onFlood(flood);
    const huge = { width: 16_384, height: 8_704, rtpTimestamp: 0x7002 };
    for (let at = 0; at < 1_000 && flood.mock.calls.length === 0; at += 1)
      picture.onVideoPicture(huge, source);
    expect(flood).toHaveBeenCalledTimes(1);
    painted.red = 222;
    picture.onVideoPicture(PICTURE, source);
    expect(canvas.rows()[0]).toEqual([255, 111, 111, 255]);
  });

  it("draws both anew on another canvas", async () => {
    const { picture } = await canvasWith({ body: fill(RED) }, { body: OPEN });
    picture.onVideoPicture(PICTURE, source);
    const other = new TestCanvas({ red: 112 });
    picture.attach(other.element);
    expect(other.rows()[0]).toEqual([255, 112, 112, 255]);
  });

  it("is not exact, and the exact picture holds nothing of the video", async () => {
    const { picture, exact } = await canvasWith({ body: fill(RED), checksum: RED_CHECKSUM }, { body: OPEN });
    picture.onVideoPicture(PICTURE, source);
    expect(exact.mock.lastCall).toEqual([false]);
    expect([...(picture.picture()?.rgba.subarray(4, 8) ?? [])]).toEqual([0, 0, 0, 255]);
  });
});

describe("PictureDecoder", () => {
  it("refuses rubbish of any length without harm", () => {
    const decoder = new PictureDecoder(module);
    for (const length of [0, 1, 13, 14, 16_384, 16_385])
      expect(() => decoder.receive(new Uint8Array(length)), `${length} bytes`).toThrow(PictureError);
    expect(decoder.receive(packet({ epoch: 1, update: 0, body: fill(RED) }))?.update).toBe(0);
    expect(decoder.changed()).toEqual([{ x: 0, y: 0, width: 4, height: 2 }]);
  });
});
