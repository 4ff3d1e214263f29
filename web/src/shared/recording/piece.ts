/**
 * The pieces of a recording, as docs/recordings.md and crates/protocol/src/recording describe them: made by the console, read by the
 * player.
 */

/** A piece is sent when it is so large, bytes; the server takes twice as much. */
export const PIECE_FULL_BYTES = 4 * 1024 * 1024;

const MAGIC = 0x31525342;
const HEADER_BYTES = 20;
const ENTRY_BYTES = 9;
const VIDEO_BYTES = 10;

/** The kinds of entries; 6 is sound. */
export const Kind = {
  screen: 1,
  begins: 2,
  video: 3,
  pointerAt: 4,
  pointerShape: 5,
  sound: 6,
  blank: 7,
} as const;

/** The codecs of video, by their numbers. */
const CODECS = ["", "av1", "vp8", "vp9", "h264"] as const;
export type CodecName = Exclude<(typeof CODECS)[number], "">;

/** Who is heard, by the number of each. */
export type Speaker = "operator" | "customer";

/** An encoded picture of the video. */
export type VideoFrame = {
  readonly key: boolean;
  readonly codec: CodecName;
  readonly rtpTime: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

/** What happened. `screen`: a packet of the exact layer; with one that `begins` comes a full state. */
export type Content =
  | { readonly kind: "screen"; readonly begins: boolean; readonly packet: Uint8Array }
  | { readonly kind: "video"; readonly frame: VideoFrame }
  | { readonly kind: "pointer-at"; readonly x: number; readonly y: number }
  | { readonly kind: "pointer-shape"; readonly shape: Uint8Array }
  | { readonly kind: "sound"; readonly speaker: Speaker; readonly packet: Uint8Array }
  | { readonly kind: "blank" };

export type Entry = { readonly at_ms: number; readonly content: Content };

export type Piece = {
  readonly no: number;
  readonly starts_ms: number;
  readonly ends_ms: number;
  readonly entries: readonly Entry[];
};

/** Whether a packet of the exact layer begins an epoch, which needs nothing from before (crates/tiles/src/update.rs). */
export function beginsEpoch(packet: Uint8Array): boolean {
  if (packet.byteLength < 14) return false;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  return view.getUint32(6, true) === 0 && view.getUint16(10, true) === 0;
}

/** Whether with it comes an update after which the picture is the customer's newest one: nothing of it waits to be sent. */
export function settles(packet: Uint8Array): boolean {
  const [low, high, flags] = [packet[10], packet[11], packet[18]];
  return low === 0 && high === 0 && flags !== undefined && (flags & 1) === 1;
}

/** Collects the entries of one piece. */
export class PieceWriter {
  private bytes = new Uint8Array(64 * 1024);
  private length = HEADER_BYTES;
  private count = 0;

  constructor(
    private readonly no: number,
    private readonly starts_ms: number,
  ) {}

  get size(): number {
    return this.length;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  add(at_ms: number, content: Content): void {
    const { kind, head, data } = partsOf(content);
    const size = head.byteLength + data.byteLength;
    this.makeRoom(ENTRY_BYTES + size);
    const view = new DataView(this.bytes.buffer);
    view.setUint8(this.length, kind);
    view.setUint32(this.length + 1, at_ms, true);
    view.setUint32(this.length + 5, size, true);
    this.bytes.set(head, this.length + ENTRY_BYTES);
    this.bytes.set(data, this.length + ENTRY_BYTES + head.byteLength);
    this.length += ENTRY_BYTES + size;
    this.count += 1;
  }

  /** The piece; nothing may be added afterwards. */
  finish(ends_ms: number): Uint8Array<ArrayBuffer> {
    const view = new DataView(this.bytes.buffer);
    view.setUint32(0, MAGIC, true);
    view.setUint32(4, this.no, true);
    view.setUint32(8, this.starts_ms, true);
    view.setUint32(12, ends_ms, true);
    view.setUint32(16, this.length - HEADER_BYTES, true);
    return this.bytes.subarray(0, this.length);
  }

  private makeRoom(more: number): void {
    if (this.length + more <= this.bytes.byteLength) return;
    const larger = new Uint8Array(Math.max(this.bytes.byteLength * 2, this.length + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads a whole piece; null where it is none. Kinds of later versions are skipped. */
export function readPiece(bytes: Uint8Array): Piece | null {
  if (bytes.byteLength < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return null;
  if (view.getUint32(16, true) !== bytes.byteLength - HEADER_BYTES) return null;
  const entries: Entry[] = [];
  let at = HEADER_BYTES;
  while (at < bytes.byteLength) {
    if (bytes.byteLength - at < ENTRY_BYTES) return null;
    const size = view.getUint32(at + 5, true);
    const from = at + ENTRY_BYTES;
    if (bytes.byteLength - from < size) return null;
    const content = contentOf(view.getUint8(at), bytes.subarray(from, from + size));
    if (content === undefined) return null;
    if (content !== null) entries.push({ at_ms: view.getUint32(at + 1, true), content });
    at = from + size;
  }
  const [no, starts_ms, ends_ms] = [
    view.getUint32(4, true),
    view.getUint32(8, true),
    view.getUint32(12, true),
  ];
  return { no, starts_ms, ends_ms, entries };
}

const NOTHING = new Uint8Array(0);

function partsOf(content: Content): { kind: number; head: Uint8Array; data: Uint8Array } {
  switch (content.kind) {
    case "screen":
      return { kind: content.begins ? Kind.begins : Kind.screen, head: NOTHING, data: content.packet };
    case "video":
      return { kind: Kind.video, head: videoHead(content.frame), data: content.frame.data };
    case "pointer-at": {
      const data = new Uint8Array(8);
      const view = new DataView(data.buffer);
      view.setInt32(0, content.x, true);
      view.setInt32(4, content.y, true);
      return { kind: Kind.pointerAt, head: NOTHING, data };
    }
    case "pointer-shape":
      return { kind: Kind.pointerShape, head: NOTHING, data: content.shape };
    case "sound":
      return {
        kind: Kind.sound,
        head: Uint8Array.of(content.speaker === "operator" ? 1 : 2),
        data: content.packet,
      };
    case "blank":
      return { kind: Kind.blank, head: NOTHING, data: NOTHING };
  }
}

function videoHead({ key, codec, rtpTime, width, height }: VideoFrame): Uint8Array {
  const head = new Uint8Array(VIDEO_BYTES);
  const view = new DataView(head.buffer);
  view.setUint8(0, key ? 1 : 0);
  view.setUint8(1, CODECS.indexOf(codec));
  view.setUint32(2, rtpTime, true);
  view.setUint16(6, width, true);
  view.setUint16(8, height, true);
  return head;
}

/** Null: of a later version; undefined: wrong. */
function contentOf(kind: number, data: Uint8Array): Content | null | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (kind) {
    case Kind.screen:
    case Kind.begins:
      return { kind: "screen", begins: kind === Kind.begins, packet: data };
    case Kind.video: {
      const codec = data.byteLength > VIDEO_BYTES ? CODECS[view.getUint8(1)] : "";
      if (codec === undefined || codec === "") return undefined;
      const frame: VideoFrame = {
        key: (view.getUint8(0) & 1) === 1,
        codec,
        rtpTime: view.getUint32(2, true),
        width: view.getUint16(6, true),
        height: view.getUint16(8, true),
        data: data.subarray(VIDEO_BYTES),
      };
      return { kind: "video", frame };
    }
    case Kind.pointerAt:
      if (data.byteLength !== 8) return undefined;
      return { kind: "pointer-at", x: view.getInt32(0, true), y: view.getInt32(4, true) };
    case Kind.pointerShape:
      return { kind: "pointer-shape", shape: data };
    case Kind.sound: {
      const speaker = data[0] === 1 ? "operator" : "customer";
      return data.byteLength < 1 ? undefined : { kind: "sound", speaker, packet: data.subarray(1) };
    }
    case Kind.blank:
      return { kind: "blank" };
    default:
      return null;
  }
}
