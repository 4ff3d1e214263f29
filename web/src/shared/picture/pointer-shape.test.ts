import { readFileSync } from "node:fs";
import { create } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { PointerShapeSchema } from "../../generated/proto/beside/v1/peer_pb";
import { PointerDecoder } from "./pointer-decoder";
import { readPointerShape } from "./pointer-shape";

// The real decoder: `cargo xtask wasm` puts it there.
let decoder: PointerDecoder;
beforeAll(async () => {
  decoder = new PointerDecoder(await WebAssembly.compile(new Uint8Array(readFileSync("public/tiles.wasm"))));
});

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const PIXELS = [255, 0, 0, 255, 0, 255, 0, 128];
/** One raw block, the last one (RFC 8878, 3.1.1.2). */
const block = (bytes: readonly number[]) => [(bytes.length << 3) | 1, 0, 0, ...bytes];
/** A frame that tells its content's size (RFC 8878, 3.1.1.1), as the app makes it. */
const frame = (bytes: readonly number[]) => [...MAGIC, 0x20, bytes.length, ...block(bytes)];

/** A shape of two pixels. */
function read(packed: readonly number[], given: { width?: number; height?: number } = {}) {
  const { width = 2, height = 1 } = given;
  const rgbaZstd = Uint8Array.from(packed);
  return readPointerShape(create(PointerShapeSchema, { width, height, hotX: 9, hotY: 0, rgbaZstd }), decoder);
}

describe("the shape of the customer's pointer", () => {
  it("is read, and its hot spot lies within", () => {
    expect(read(frame(PIXELS))).toEqual({
      width: 2,
      height: 1,
      hotX: 1,
      hotY: 0,
      rgba: Uint8ClampedArray.from(PIXELS),
    });
  });

  it.each([
    ["too short", frame(PIXELS.slice(1)), {}],
    ["too long", frame([...PIXELS, 1]), {}],
    ["longer by a second frame", [...frame(PIXELS), ...frame(PIXELS)], {}],
    ["cut", frame(PIXELS).slice(0, -1), {}],
    ["not compressed", PIXELS, {}],
    ["nothing", [], {}],
    ["too large for a message", new Array(16 * 1024 + 1).fill(0), {}],
    ["too wide", frame(PIXELS), { width: 97 }],
    ["without height", frame(PIXELS), { height: 0 }],
  ])("is the browser's own arrow where it is %s", (_, packed, size) => {
    expect(read(packed, size)).toBeNull();
  });

  it("takes no memory for what a header only promises", () => {
    const before = process.memoryUsage().arrayBuffers;
    // A window of 1.9 GiB, and contents of as much.
    const window = [...MAGIC, 0x00, 0xa7, ...block(PIXELS)];
    const contents = [...MAGIC, 0xa0, 0xff, 0xff, 0xff, 0x7f, ...block(PIXELS)];
    for (let n = 0; n < 10; n += 1) for (const packed of [window, contents]) read(packed);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it("keeps its pixels when the next one is read", () => {
    const first = read(frame(PIXELS));
    read(frame(PIXELS.map(() => 7)));
    expect([...(first?.rgba ?? [])]).toEqual(PIXELS);
  });
});
