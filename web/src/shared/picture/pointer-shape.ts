import type { PointerShape } from "../../generated/proto/beside/v1/peer_pb";
import type { PointerDecoder } from "./pointer-decoder";

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
export function readPointerShape(shape: PointerShape, decoder: PointerDecoder): PointerShapeImage | null {
  const { width, height } = shape;
  if (width < 1 || height < 1 || width > SHAPE_MAX_PX || height > SHAPE_MAX_PX) return null;
  const rgba = decoder.decompress(shape.rgbaZstd, width, height);
  if (rgba === null) return null;
  return {
    width,
    height,
    hotX: Math.min(shape.hotX, width - 1),
    hotY: Math.min(shape.hotY, height - 1),
    rgba,
  };
}
