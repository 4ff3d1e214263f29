import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { PictureDecoder, PictureError } from "./decoder";

const ROUNDS = 150;
const STREAM = "../fuzz/corpus/packets/stream";

let module: WebAssembly.Module;
let packets: Uint8Array[];

beforeAll(async () => {
  module = await WebAssembly.compile(new Uint8Array(readFileSync("public/tiles.wasm")));
  packets = [];
  const stream = new Uint8Array(readFileSync(STREAM));
  for (let at = 0; at + 2 <= stream.length; ) {
    const length = (stream[at] ?? 0) | ((stream[at + 1] ?? 0) << 8);
    packets.push(stream.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
});

/** xorshift32: the same on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(below, 1);
  };
}

/** A packet with up to eight bytes changed, cut, or doubled. */
function changed(packet: Uint8Array, below: (end: number) => number): Uint8Array {
  const bytes = [...packet];
  for (let left = below(8); left >= 0; left -= 1) {
    const at = below(bytes.length);
    const how = below(6);
    if (how === 0) bytes.length = at;
    else if (how === 1) bytes.splice(at, 0, ...bytes.slice(0, 64));
    else bytes[at] = below(2) === 0 ? (bytes[at] ?? 0) ^ (1 << below(8)) : 255;
  }
  return Uint8Array.from(bytes);
}

/** Everything that the page reads after a packet lies within the picture. */
function look(decoder: PictureDecoder): void {
  const picture = decoder.picture();
  for (const { x, y, width, height } of [...decoder.changed(), ...decoder.areas()]) {
    expect(x + width).toBeLessThanOrEqual(picture?.width ?? 0);
    expect(y + height).toBeLessThanOrEqual(picture?.height ?? 0);
  }
}

it("a hostile customer's packets are refused or drawn, and the decoder in the page goes on", () => {
  const below = numbers(7);
  const decoder = new PictureDecoder(module);
  let refused = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    decoder.reset();
    for (const packet of packets) {
      const bytes = below(2) === 0 ? packet : changed(packet, below);
      try {
        decoder.receive(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(PictureError);
        refused += 1;
      }
      look(decoder);
    }
    if (round % 10 > 0) continue;
    decoder.reset();
    for (const packet of packets) decoder.receive(packet);
    expect(decoder.picture()).not.toBeNull();
  }
  expect(refused).toBeGreaterThan(ROUNDS / 4);
});
