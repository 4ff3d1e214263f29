/** Bits of bytes, those of the highest value first; beyond the end they are 0. */
export class Bits {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  /** More was taken than there is. */
  get isOver(): boolean {
    return this.at > this.data.byteLength * 8;
  }

  take(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      const byte = this.data[this.at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
      this.at += 1;
    }
    return value;
  }
}
