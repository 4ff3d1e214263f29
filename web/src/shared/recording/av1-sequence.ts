import { Bits } from "./bits";

/** What the sequence header of AV1 tells of the pictures after it. */
export type Av1Sequence = {
  readonly profile: number;
  /** As numbered in annex A.3: 0 is 2.0, 8 is 4.0. */
  readonly level: number;
  /** The tier of more bits. */
  readonly isHigh: boolean;
  readonly width: number;
  readonly height: number;
};

const SEQUENCE_HEADER = 1;
/** Longest size field, bytes. */
const LEB128_MAX = 8;

/**
 * Reads the sequence header that stands in a picture which stands by itself; null where there is none, or one with the timing of
 * film, which no call sends. Source: AV1 Bitstream & Decoding Process Specification, sections 5.3 and 5.5.
 */
export function readAv1Sequence(data: Uint8Array): Av1Sequence | null {
  let at = 0;
  while (at < data.byteLength) {
    const head = data[at] ?? 0;
    at += (head & 4) === 0 ? 1 : 2;
    let size = data.byteLength - at;
    if ((head & 2) !== 0) {
      const told = readLeb128(data, at);
      if (told === null || told.end + told.value > data.byteLength) return null;
      size = told.value;
      at = told.end;
    }
    if (((head >> 3) & 15) === SEQUENCE_HEADER) return sequenceOf(new Bits(data.subarray(at, at + size)));
    at += size;
  }
  return null;
}

function sequenceOf(bits: Bits): Av1Sequence | null {
  const profile = bits.take(3);
  bits.take(1);
  const reduced = bits.take(1) === 1;
  const levels: { level: number; isHigh: boolean }[] = [];
  if (reduced) levels.push({ level: bits.take(5), isHigh: false });
  else {
    if (bits.take(1) === 1) return null;
    const tellsDelay = bits.take(1) === 1;
    for (let point = bits.take(5); point >= 0; point -= 1) {
      bits.take(12);
      const level = bits.take(5);
      levels.push({ level, isHigh: level > 7 && bits.take(1) === 1 });
      if (tellsDelay && bits.take(1) === 1) bits.take(4);
    }
  }
  const [widthBits, heightBits] = [bits.take(4) + 1, bits.take(4) + 1];
  const [width, height] = [bits.take(widthBits) + 1, bits.take(heightBits) + 1];
  // The first operating point is all of the picture.
  const [{ level, isHigh } = { level: 0, isHigh: false }] = levels;
  return bits.isOver ? null : { profile, level, isHigh, width, height };
}

function readLeb128(data: Uint8Array, from: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < LEB128_MAX; index += 1) {
    const byte = data[from + index];
    if (byte === undefined) return null;
    value += (byte & 127) * 2 ** (7 * index);
    if ((byte & 128) === 0) return { value, end: from + index + 1 };
  }
  return null;
}
