/**
 * Gives back the memory of bytes that nobody reads any more, at once: a file comes faster than the garbage collector looks, which
 * would let some hundred MiB of it stand.
 */
export function release(bytes: Uint8Array<ArrayBuffer>): void {
  // Of ES2024; where it is missing, the collector does it in time.
  const buffer: ArrayBuffer & { transfer?(newByteLength: number): ArrayBuffer } = bytes.buffer;
  buffer.transfer?.(0);
}
