import { fromBinary } from "@bufbuild/protobuf";
import { PointerShapeSchema } from "../../../generated/proto/beside/v1/peer_pb";
import { PictureDecoder } from "../../../shared/picture/decoder";
import { PointerDecoder } from "../../../shared/picture/pointer-decoder";
import { type PointerShapeImage, readPointerShape } from "../../../shared/picture/pointer-shape";
import { Surface } from "../../../shared/picture/surface";
import { type Entry, type Piece, readPiece } from "../../../shared/recording/piece";
import { Store } from "../../../shared/session/store";

/** What the server tells of a piece. */
export type PieceInfo = {
  readonly no: number;
  readonly starts_ms: number;
  readonly ends_ms: number;
  readonly state_ms: number | null;
};

export type PlayerState = {
  readonly at_ms: number;
  readonly playing: boolean;
  /** Pieces are on their way. */
  readonly waiting: boolean;
  readonly failed: boolean;
  readonly speed: number;
  /** What the customer's pointer looks like, and where it is in the picture; null: nowhere. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly shape: PointerShapeImage | null;
  readonly size: { readonly width: number; readonly height: number };
};

/** Pieces that are kept in memory: half a minute and more on either side. */
const CACHED = 24;
/** So much is fetched before it is needed. */
const AHEAD = 3;

/**
 * Plays a recording on a canvas with the decoder of the console: what was shown is shown again, pixel by pixel. It begins anywhere:
 * at the last full state before, from which it decodes without showing.
 */
export class RecordingPlayer {
  readonly state = new Store<PlayerState>({
    at_ms: 0,
    playing: false,
    waiting: false,
    failed: false,
    speed: 1,
    pointer: null,
    shape: null,
    size: { width: 0, height: 0 },
  });
  readonly length_ms: number;
  private readonly decoder: PictureDecoder;
  private readonly pointers: PointerDecoder;
  private readonly surface: Surface;
  private readonly cache = new Map<number, Promise<Piece>>();
  /** The next entry: of which piece, counted from 0, and which one of it. */
  private next = { piece: 0, entry: 0 };
  private turn = 0;
  private busy = false;
  private before_ms = 0;
  private closed = false;

  constructor(
    canvas: HTMLCanvasElement,
    module: WebAssembly.Module,
    private readonly pieces: readonly PieceInfo[],
    private readonly fetchPiece: (no: number) => Promise<Uint8Array>,
  ) {
    this.length_ms = pieces.at(-1)?.ends_ms ?? 0;
    this.decoder = new PictureDecoder(module);
    this.pointers = new PointerDecoder(module);
    this.surface = new Surface(canvas);
  }

  async play(): Promise<void> {
    if (this.state.get().playing || this.closed) return;
    if (this.state.get().at_ms >= this.length_ms) await this.seek(0);
    this.state.update({ playing: true });
    this.before_ms = performance.now();
    this.frame();
  }

  pause(): void {
    this.state.update({ playing: false });
  }

  setSpeed(speed: number): void {
    this.state.update({ speed });
  }

  /** Shows this moment. */
  async seek(to_ms: number): Promise<void> {
    const at_ms = Math.min(Math.max(to_ms, 0), this.length_ms);
    this.turn += 1;
    const { turn } = this;
    this.state.update({ at_ms, waiting: true });
    try {
      await this.show(at_ms, () => turn === this.turn && !this.closed);
      if (turn === this.turn) this.state.update({ waiting: false, failed: false });
    } catch {
      if (turn === this.turn) this.state.update({ waiting: false, failed: true, playing: false });
    }
    this.before_ms = performance.now();
  }

  close(): void {
    this.closed = true;
    this.turn += 1;
    this.state.update({ playing: false });
    this.cache.clear();
  }

  private async show(at_ms: number, goesOn: () => boolean): Promise<void> {
    const from = lastIndex(this.pieces, ({ state_ms }) => state_ms !== null && state_ms <= at_ms);
    this.decoder.reset();
    this.surface.clear();
    this.state.update({ pointer: null });
    this.next = { piece: Math.max(from, 0), entry: 0 };
    await this.advance(at_ms, goesOn);
  }

  /** Takes in everything up to this moment. */
  private async advance(at_ms: number, goesOn: () => boolean): Promise<void> {
    for (;;) {
      const info = this.pieces[this.next.piece];
      if (info === undefined || info.starts_ms > at_ms) return;
      const { entries } = await this.piece(this.next.piece);
      if (!goesOn()) return;
      for (; this.next.entry < entries.length; this.next.entry += 1) {
        const entry = entries[this.next.entry];
        if (entry === undefined || entry.at_ms > at_ms) return;
        this.take(entry);
      }
      if (info.ends_ms > at_ms) return;
      this.next = { piece: this.next.piece + 1, entry: 0 };
    }
  }

  private take({ content }: Entry): void {
    switch (content.kind) {
      case "screen":
        this.draw(content.packet);
        break;
      case "pointer-at": {
        const { x, y } = content;
        this.state.update({ pointer: x < 0 && y < 0 ? null : { x, y } });
        break;
      }
      case "pointer-shape":
        this.shapeIs(content.shape);
        break;
      case "blank":
        this.decoder.reset();
        this.surface.clear();
        this.state.update({ pointer: null });
        break;
      // Nothing that records here keeps these yet.
      case "video":
      case "sound":
        break;
    }
  }

  /** A packet that a stranger sent, as the console drew it; one that cannot be read changes nothing until the next full state. */
  private draw(packet: Uint8Array): void {
    try {
      if (this.decoder.receive(packet) === null) return;
    } catch {
      return;
    }
    const picture = this.decoder.picture();
    if (picture === null) return;
    const { width, height } = picture;
    if (this.surface.resize(picture)) {
      this.state.update({ size: { width, height } });
      this.surface.draw(picture, [{ x: 0, y: 0, width, height }]);
    } else this.surface.draw(picture, this.decoder.changed());
  }

  private shapeIs(bytes: Uint8Array): void {
    try {
      this.state.update({ shape: readPointerShape(fromBinary(PointerShapeSchema, bytes), this.pointers) });
    } catch {
      this.state.update({ shape: null });
    }
  }

  private frame(): void {
    requestAnimationFrame(() => {
      const { playing, speed, at_ms, waiting } = this.state.get();
      if (!playing || this.closed) return;
      const now_ms = performance.now();
      const passed_ms = (now_ms - this.before_ms) * speed;
      this.before_ms = now_ms;
      if (!waiting && !this.busy) void this.go(Math.min(at_ms + passed_ms, this.length_ms));
      this.frame();
    });
  }

  /** One step of playing; where a piece is not there yet, time stands still. */
  private async go(at_ms: number): Promise<void> {
    const { turn } = this;
    this.busy = true;
    try {
      await this.advance(at_ms, () => turn === this.turn && !this.closed);
      if (turn === this.turn)
        this.state.update({ at_ms, playing: this.state.get().playing && at_ms < this.length_ms });
    } catch {
      if (turn === this.turn) this.state.update({ failed: true, playing: false });
    }
    this.busy = false;
  }

  private piece(index: number): Promise<Piece> {
    for (let ahead = 1; ahead <= AHEAD; ahead += 1) this.load(index + ahead)?.catch(() => {});
    return this.load(index) ?? Promise.reject(new Error("no such piece"));
  }

  private load(index: number): Promise<Piece> | null {
    const info = this.pieces[index];
    if (info === undefined) return null;
    const known = this.cache.get(index);
    if (known !== undefined) return known;
    const piece = this.fetchPiece(info.no).then((bytes) => {
      const read = readPiece(bytes);
      if (read === null) throw new Error("piece cannot be read");
      return read;
    });
    this.cache.set(index, piece);
    piece.catch(() => this.cache.delete(index));
    const oldest = this.cache.keys().next().value;
    if (this.cache.size > CACHED && oldest !== undefined) this.cache.delete(oldest);
    return piece;
  }
}

function lastIndex<T>(all: readonly T[], fits: (each: T) => boolean): number {
  for (let index = all.length - 1; index >= 0; index -= 1) {
    const each = all[index];
    if (each !== undefined && fits(each)) return index;
  }
  return -1;
}
