import { Decompress } from "fzstd";
import type { PointerShape } from "../../generated/proto/beside/v1/peer_pb";

/** The customer's pointer as pixels; `null` in its place means the browser's own arrow. */
export type PointerShapeImage = {
  readonly width: number;
  readonly height: number;
  readonly hotX: number;
  readonly hotY: number;
  /** RGBA, straight alpha. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
};

/** Larger pointers are scaled down by the app. */
export const SHAPE_MAX_PX = 96;

/** Reads a shape that a stranger sent; null for the default arrow and for anything wrong. */
export function readPointerShape(shape: PointerShape): PointerShapeImage | null {
  const { width, height } = shape;
  if (width < 1 || height < 1 || width > SHAPE_MAX_PX || height > SHAPE_MAX_PX) return null;
  const rgba = decompressExactly(shape.rgbaZstd, width * height * 4);
  if (rgba === null) return null;
  return {
    width,
    height,
    hotX: Math.min(shape.hotX, width - 1),
    hotY: Math.min(shape.hotY, height - 1),
    rgba,
  };
}

/**
 * Decompresses to exactly `length` bytes, or not at all. Works in blocks of at most 128 KiB and stops at the first
 * byte too many, so that a small message cannot become a large one.
 */
function decompressExactly(packed: Uint8Array, length: number): Uint8ClampedArray<ArrayBuffer> | null {
  const out = new Uint8ClampedArray(length);
  let at = 0;
  const stream = new Decompress((chunk) => {
    if (at + chunk.length > length) throw new RangeError("longer than its pixels");
    out.set(chunk, at);
    at += chunk.length;
  });
  try {
    stream.push(packed, true);
  } catch {
    return null;
  }
  return at === length ? out : null;
}
