import { fromBinary } from "@bufbuild/protobuf";
import { PointerShapeSchema } from "../../../generated/proto/beside/v1/peer_pb";
import { Composition } from "../../../shared/picture/composition";
import { PictureDecoder } from "../../../shared/picture/decoder";
import type { VideoPicture } from "../../../shared/picture/motion";
import { PointerDecoder } from "../../../shared/picture/pointer-decoder";
import { type PointerShapeImage, readPointerShape } from "../../../shared/picture/pointer-shape";
import { Surface } from "../../../shared/picture/surface";
import { type CodecName, type Entry, type Piece, readPiece } from "../../../shared/recording/piece";
import { Store } from "../../../shared/session/store";
import { RecordedSound } from "./recorded-sound";
import { RecordedVideo } from "./recorded-video";

/** What the server tells of a piece. */
export type PieceInfo = {
  readonly no: number;
  readonly starts_ms: number;
  readonly ends_ms: number;
  readonly state_ms: number | null;
  readonly video_key_ms: number | null;
};

export type PlayerState = {
  readonly at_ms: number;
  readonly playing: boolean;
  /** Pieces are on their way. */
  readonly waiting: boolean;
  readonly failed: boolean;
  /** Of the video, where this browser cannot decode it: that is not to be seen. */
  readonly unknownCodec: CodecName | null;
  readonly speed: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** What the customer's pointer looks like, and where it is in the picture; null: nowhere. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly shape: PointerShapeImage | null;
  readonly size: { readonly width: number; readonly height: number };
};

/** Where nothing but video was shown, a player finds so large a picture at most, pixels a side. */
const SIDE_MAX_PX = 16_384;
/** Pieces that are kept in memory: half a minute and more on either side. */
const CACHED = 24;
/** So much is fetched before it is needed. */
const AHEAD = 3;

/**
 * Plays a recording on a canvas with the decoder of the console: what was shown is shown again, pixel by pixel. It begins anywhere:
 * at the last full state before, from which it decodes without showing; where the customer's picture was video alone, at the last
 * picture of it that stands by itself.
 */
export class RecordingPlayer {
  readonly state = new Store<PlayerState>({
    at_ms: 0,
    playing: false,
    waiting: false,
    failed: false,
    unknownCodec: null,
    speed: 1,
    volume: 1,
    muted: false,
    pointer: null,
    shape: null,
    size: { width: 0, height: 0 },
  });
  readonly length_ms: number;
  private readonly decoder: PictureDecoder;
  private readonly pointers: PointerDecoder;
  private readonly surface: Surface;
  private readonly seen: Composition;
  private readonly video: RecordedVideo;
  private readonly sound = new RecordedSound();
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
    this.seen = new Composition(this.surface);
    this.video = new RecordedVideo(
      (picture, source) => this.videoCame(picture, source),
      (unknownCodec) => this.state.update({ unknownCodec }),
    );
  }

  async play(): Promise<void> {
    if (this.state.get().playing || this.closed) return;
    this.sound.begin();
    if (this.state.get().at_ms >= this.length_ms) await this.seek(0);
    this.state.update({ playing: true });
    this.before_ms = performance.now();
    this.frame();
  }

  pause(): void {
    this.state.update({ playing: false });
    this.sound.silence();
  }

  setSpeed(speed: number): void {
    this.sound.silence();
    this.state.update({ speed });
  }

  /** 0 to 1; whoever moves it wants to hear. */
  setVolume(volume: number): void {
    this.state.update({ volume, muted: volume === 0 });
    this.sound.setVolume(volume);
  }

  setMuted(muted: boolean): void {
    this.state.update({ muted });
    this.sound.setVolume(muted ? 0 : this.state.get().volume);
  }

  /** Shows this moment. */
  async seek(to_ms: number): Promise<void> {
    const at_ms = Math.min(Math.max(to_ms, 0), this.length_ms);
    this.turn += 1;
    const { turn } = this;
    this.state.update({ at_ms, waiting: true });
    this.sound.silence();
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
    this.video.reset();
    this.sound.close();
    this.cache.clear();
  }

  private async show(at_ms: number, goesOn: () => boolean): Promise<void> {
    const from = beginningOf(this.pieces, at_ms);
    this.decoder.reset();
    this.blank();
    this.next = { piece: from.piece, entry: 0 };
    if (this.pieces.length > 0) {
      const { entries } = await this.piece(from.piece);
      if (!goesOn()) return;
      const begins = entries.findIndex((entry) => entry.at_ms >= from.at_ms && isBeginning(entry));
      this.next.entry = Math.max(begins, 0);
      // The picture before it belongs to another full state; the pointer is what it was.
      for (const entry of entries.slice(0, this.next.entry))
        if (entry.content.kind.startsWith("pointer")) this.take(entry);
    }
    await this.advance(at_ms, goesOn);
    await this.video.settled();
  }

  /** Nothing is to be seen, and nothing is known from before. */
  private blank(): void {
    this.seen.forget();
    this.video.reset();
    this.surface.clear();
    this.state.update({ pointer: null });
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
        this.blank();
        break;
      case "video":
        this.video.take(content.frame);
        break;
      case "sound": {
        // What is passed over on the way to another moment is not to be heard.
        const { playing, waiting, speed } = this.state.get();
        if (playing && !waiting) this.sound.take(content.speaker, content.packet, speed);
        break;
      }
    }
  }

  /** Where no full state has come the video is all there is to see. */
  private videoCame(picture: VideoPicture, source: VideoFrame): void {
    const area = this.seen.videoCame(picture, source);
    const { width, height } = picture;
    if (area !== null) this.seen.drawVideo(source, area);
    else if (this.decoder.picture() === null && width <= SIDE_MAX_PX && height <= SIDE_MAX_PX) {
      if (this.surface.resize(picture)) this.state.update({ size: { width, height } });
      this.surface.drawVideo(source, { x: 0, y: 0, width, height });
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
    if (this.seen.updated(this.decoder, picture)) this.state.update({ size: { width, height } });
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
      await this.video.follows();
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

/** Where to begin for showing a moment: in which piece, and when. */
export function beginningOf(pieces: readonly PieceInfo[], to_ms: number): { piece: number; at_ms: number } {
  const last = (when: (piece: PieceInfo) => number | null) => {
    const piece = pieces.findLastIndex((each) => (when(each) ?? Number.POSITIVE_INFINITY) <= to_ms);
    const found = pieces[piece];
    return found === undefined ? null : { piece, at_ms: when(found) ?? 0 };
  };
  return (
    last(({ state_ms }) => state_ms) ?? last(({ video_key_ms }) => video_key_ms) ?? { piece: 0, at_ms: 0 }
  );
}

function isBeginning({ content }: Entry): boolean {
  return content.kind === "screen" ? content.begins : content.kind === "video" && content.frame.key;
}
