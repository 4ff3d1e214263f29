import { call, memoryOf } from "../../shared/picture/decoder";

/** One update, in packets that are copies of their own. */
export type EncodedUpdate = {
  readonly epoch: number;
  readonly update: number;
  readonly packets: readonly ArrayBuffer[];
};

/** The exact layer's encoder as WebAssembly (`crates/tiles/src/wasm_encoder.rs`): pictures in, packets out. */
export class ScreenEncoder {
  private readonly memory: WebAssembly.Memory;
  private readonly call: (name: string, ...args: number[]) => number;
  private epoch = 0;
  private bytes = 0;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module);
    this.memory = memoryOf(exports["memory"]);
    this.call = (name, ...args) => call(exports, `tiles_encoder_${name}`)(...args);
  }

  /** An epoch of pictures of this size, which the customer's decoder begins anew with. */
  begin(epoch: number, width: number, height: number): void {
    if (this.call("begin", epoch, width, height) < 0)
      throw new RangeError(`no picture of ${width} × ${height}`);
    this.epoch = epoch;
    this.bytes = width * height * 4;
  }

  /** The newest picture: red, green, blue and a byte that nobody reads, of each pixel. */
  take(rgba: Uint8ClampedArray): void {
    if (rgba.length !== this.bytes) throw new RangeError("a picture of another size");
    new Uint8Array(this.memory.buffer, this.call("pixels"), this.bytes).set(rgba);
    this.call("take");
  }

  /** The next update of it, of about so many bytes; null: there is nothing to tell. */
  encode(target_bytes: number): EncodedUpdate | null {
    const count = this.call("encode", target_bytes);
    if (count < 0) throw new Error("the encoder cannot go on");
    if (count === 0) return null;
    const packets = Array.from({ length: count }, (_, index) => this.packet(index));
    return { epoch: this.epoch, update: this.call("update"), packets };
  }

  /** Something of the picture waits for the next update. */
  get hasRest(): boolean {
    return this.call("rest") === 1;
  }

  private packet(index: number): ArrayBuffer {
    const at = this.call("packet", index);
    return this.memory.buffer.slice(at, at + this.call("packet_length", index));
  }
}
