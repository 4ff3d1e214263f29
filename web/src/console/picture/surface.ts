import type { ExactPicture, PictureRect } from "./decoder";

/** Above so many rectangles one around all is drawn: each call costs more than a few equal pixels. */
const SEPARATE_MAX = 24;

/** Puts changed rectangles of the exact picture on a canvas, straight from the decoder's memory. */
export class Surface {
  private readonly context: CanvasRenderingContext2D | null;
  private image: ImageData | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext("2d", { alpha: false });
  }

  /** Draws `rects` of `picture`; everything where the size is a new one. */
  draw(picture: ExactPicture, rects: readonly PictureRect[]): void {
    const { canvas, context } = this;
    if (context === null) return;
    const { width, height } = picture;
    let parts = rects.length > SEPARATE_MAX ? [hull(rects)] : rects;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      parts = [{ x: 0, y: 0, width, height }];
    }
    const image = this.imageOf(picture);
    for (const part of parts) context.putImageData(image, 0, 0, part.x, part.y, part.width, part.height);
  }

  /** The memory of WebAssembly moves when it grows; until then one view serves all drawing. */
  private imageOf({ width, height, rgba }: ExactPicture): ImageData {
    const known = this.image;
    if (
      known !== null &&
      known.width === width &&
      known.height === height &&
      known.data.buffer === rgba.buffer &&
      known.data.byteOffset === rgba.byteOffset
    )
      return known;
    this.image = new ImageData(rgba, width, height);
    return this.image;
  }
}

function hull(rects: readonly PictureRect[]): PictureRect {
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  const right = Math.max(...rects.map(({ x, width }) => x + width));
  const bottom = Math.max(...rects.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
