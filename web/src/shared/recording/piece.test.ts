import { expect, it } from "vitest";
import { beginsEpoch, type Content, PieceWriter, readPiece, settles } from "./piece";

const CONTENTS: readonly Content[] = [
  { kind: "screen", begins: true, packet: Uint8Array.of(1, 2, 3) },
  { kind: "screen", begins: false, packet: Uint8Array.of(4) },
  { kind: "pointer-at", x: -1, y: 70_000 },
  { kind: "pointer-shape", shape: Uint8Array.of(8, 1) },
  {
    kind: "video",
    frame: { key: true, codec: "av1", rtpTime: 0x8000_0003, width: 640, height: 360, data: Uint8Array.of(9) },
  },
  { kind: "sound", speaker: "customer", packet: Uint8Array.of(7) },
  { kind: "blank" },
];

it("reads what it wrote", () => {
  const writer = new PieceWriter(3, 1_000);
  for (const [at, content] of CONTENTS.entries()) writer.add(1_000 + at, content);
  const piece = readPiece(writer.finish(4_000));
  expect(piece).toEqual({
    no: 3,
    starts_ms: 1_000,
    ends_ms: 4_000,
    entries: CONTENTS.map((content, at) => ({ at_ms: 1_000 + at, content })),
  });
});

it("takes nothing that is cut or something else, and grows as far as it must", () => {
  const writer = new PieceWriter(1, 0);
  const packet = new Uint8Array(70_000).fill(5);
  writer.add(0, { kind: "screen", begins: false, packet });
  const bytes = writer.finish(1);
  const content = readPiece(bytes)?.entries[0]?.content;
  expect(content?.kind === "screen" && Buffer.compare(content.packet, packet)).toBe(0);
  expect(readPiece(bytes.subarray(0, -1))).toBeNull();
  expect(readPiece(bytes.subarray(1))).toBeNull();
  expect(readPiece(new Uint8Array(3))).toBeNull();
});

it("knows the packet after which nothing waits", () => {
  const packet = (index: number, flags: number) =>
    Uint8Array.of(1, 0, 9, 0, 0, 0, 3, 0, 0, 0, index, 0, 2, 0, 4, 0, 2, 0, flags);
  expect([packet(0, 1), packet(0, 7), packet(0, 6), packet(1, 1), new Uint8Array(9)].map(settles)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("knows the packet that begins an epoch", () => {
  const packet = (update: number, index: number) =>
    Uint8Array.of(1, 0, 9, 0, 0, 0, update, 0, 0, 0, index, 0, 1, 0, 0);
  expect([packet(0, 0), packet(1, 0), packet(0, 1), new Uint8Array(3)].map(beginsEpoch)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
