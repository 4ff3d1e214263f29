/** A rectangle of the picture, in pixels. */
export type PictureRect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** An area of motion: what is seen there comes by video as long as it is open. */
export type MotionArea = PictureRect & { readonly id: number };

/** What was drawn up to now, and what may be said about it. */
export type Progress = {
  readonly epoch: number;
  readonly update: number;
  /** The picture is the customer's newest one, by checksum. */
  readonly exact: boolean;
  /** The last checksum differed: a defect, healed by a new epoch. */
  readonly mismatch: boolean;
};

/** The whole picture: red, green, blue, 255 of each pixel. A view of the decoder's own memory: use it at once. */
export type ExactPicture = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
};

/** A packet was not valid; `code` is the number of `tiles_receive` in crates/tiles/src/wasm.rs. */
export class PictureError extends Error {
  constructor(readonly code: number) {
    super(`picture packet refused: ${code}`);
  }
}

/** The room at `tiles_input`. */
export const PACKET_MAX_BYTES = 16 * 1024;
const RECT_VALUES = 4;
const AREA_VALUES = 5;

type Call = (...args: number[]) => number;

/** The exact layer's decoder: crates/tiles as WebAssembly, one instance a picture. */
export class PictureDecoder {
  private readonly memory: WebAssembly.Memory;
  private readonly calls: Readonly<Record<keyof typeof EXPORTS, Call>>;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {});
    this.memory = memoryOf(exports["memory"]);
    this.calls = {
      input: call(exports, EXPORTS.input),
      receive: call(exports, EXPORTS.receive),
      epoch: call(exports, EXPORTS.epoch),
      update: call(exports, EXPORTS.update),
      exact: call(exports, EXPORTS.exact),
      mismatch: call(exports, EXPORTS.mismatch),
      width: call(exports, EXPORTS.width),
      height: call(exports, EXPORTS.height),
      pixels: call(exports, EXPORTS.pixels),
      changedCount: call(exports, EXPORTS.changedCount),
      changed: call(exports, EXPORTS.changed),
      areaCount: call(exports, EXPORTS.areaCount),
      areas: call(exports, EXPORTS.areas),
      work: call(exports, EXPORTS.work),
      begun: call(exports, EXPORTS.begun),
      reset: call(exports, EXPORTS.reset),
    };
  }

  /**
   * Takes one packet of either channel. Null: nothing new was drawn.
   *
   * Throws `PictureError` where the packet is not valid; nothing more is drawn then until a new epoch begins.
   */
  receive(packet: Uint8Array): Progress | null {
    const { calls } = this;
    if (packet.byteLength > PACKET_MAX_BYTES) throw new PictureError(-3);
    // Asked for first: the call may make the memory grow, and its old buffer then ends.
    const place = calls.input();
    new Uint8Array(this.memory.buffer, place, PACKET_MAX_BYTES).set(packet);
    const drawn = calls.receive(packet.byteLength);
    if (drawn < 0) throw new PictureError(drawn);
    if (drawn === 0) return null;
    return {
      epoch: calls.epoch() >>> 0,
      update: calls.update() >>> 0,
      exact: calls.exact() === 1,
      mismatch: calls.mismatch() === 1,
    };
  }

  /** What a canvas must draw anew after the last packet: few rectangles, none of them in an open area. */
  changed(): PictureRect[] {
    const { calls } = this;
    return this.groups(calls.changed(), calls.changedCount(), RECT_VALUES).map(rectOf);
  }

  /** The open areas of motion. */
  areas(): MotionArea[] {
    const { calls } = this;
    return this.groups(calls.areas(), calls.areaCount(), AREA_VALUES).map(([id = 0, ...rect]) => ({
      id,
      ...rectOf(rect),
    }));
  }

  /** What the last packet costs, drawn or refused: pixels, and for all else as many as take that long. */
  cost(): { readonly work_px: number; readonly begun: boolean } {
    return { work_px: this.calls.work() >>> 0, begun: this.calls.begun() === 1 };
  }

  /** The picture after the last update; null before the first. */
  picture(): ExactPicture | null {
    const { calls } = this;
    const [width, height] = [calls.width(), calls.height()];
    if (width === 0 || height === 0) return null;
    const place = calls.pixels();
    const rgba = new Uint8ClampedArray(this.memory.buffer, place, width * height * 4);
    return { width, height, rgba };
  }

  /** Forgets everything: the next epoch is taken whatever its number. */
  reset(): void {
    this.calls.reset();
  }

  /** Numbers of 16 bits in the module's memory, `size` of them together. */
  private groups(place: number, count: number, size: number): number[][] {
    const values = new Uint16Array(this.memory.buffer, place, count * size);
    return Array.from({ length: count }, (_, at) => [...values.subarray(at * size, (at + 1) * size)]);
  }
}

const EXPORTS = {
  input: "tiles_input",
  receive: "tiles_receive",
  epoch: "tiles_epoch",
  update: "tiles_update",
  exact: "tiles_exact",
  mismatch: "tiles_mismatch",
  width: "tiles_width",
  height: "tiles_height",
  pixels: "tiles_pixels",
  changedCount: "tiles_changed_count",
  changed: "tiles_changed",
  areaCount: "tiles_area_count",
  areas: "tiles_areas",
  work: "tiles_work",
  begun: "tiles_begun",
  reset: "tiles_reset",
} as const;

function rectOf([x = 0, y = 0, width = 0, height = 0]: readonly number[]): PictureRect {
  return { x, y, width, height };
}

/** The memory of an instance. */
export function memoryOf(value: WebAssembly.ExportValue | undefined): WebAssembly.Memory {
  if (value instanceof WebAssembly.Memory) return value;
  throw new TypeError("tiles.wasm has no memory");
}

/** A function of an instance, whose arguments and result are numbers. */
export function call(exports: WebAssembly.Exports, name: string): Call {
  const value = exports[name];
  if (typeof value !== "function") throw new TypeError(`tiles.wasm has no ${name}`);
  return (...args) => Number(value(...args));
}
