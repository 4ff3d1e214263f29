import { call, memoryOf, PACKET_MAX_BYTES } from "./decoder";

/**
 * Decompresses pointer shapes: crates/tiles as WebAssembly, in an instance of its own. It makes a shape's own bytes and
 * no more, whatever the sender's header says.
 */
export class PointerDecoder {
  private readonly memory: WebAssembly.Memory;
  private readonly input: () => number;
  private readonly pointer: (length: number, width: number, height: number) => number;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {});
    this.memory = memoryOf(exports["memory"]);
    this.input = call(exports, "tiles_input");
    this.pointer = call(exports, "tiles_pointer");
  }

  /** `width` × `height` pixels: red, green, blue, alpha; null where the bytes are not exactly that. */
  decompress(packed: Uint8Array, width: number, height: number): Uint8ClampedArray<ArrayBuffer> | null {
    if (packed.byteLength > PACKET_MAX_BYTES) return null;
    // Asked for first: the call may make the memory grow, and its old buffer then ends.
    const input = this.input();
    new Uint8Array(this.memory.buffer, input, PACKET_MAX_BYTES).set(packed);
    const place = this.pointer(packed.byteLength, width, height) >>> 0;
    if (place === 0) return null;
    // A copy: the next shape takes the place of this one.
    return new Uint8ClampedArray(this.memory.buffer.slice(place, place + width * height * 4));
  }
}
