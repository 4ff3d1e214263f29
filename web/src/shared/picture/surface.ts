import type { ExactPicture, PictureRect } from "./decoder";

/** The visible canvas: exact pixels straight from the decoder's memory, and upon open areas the video's pictures. */
export class Surface {
  private readonly context: CanvasRenderingContext2D | null;
  private image: ImageData | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext("2d", { alpha: false });
  }

  /** Takes the picture's size; true where it is a new one and nothing is drawn any more. */
  resize({ width, height }: Pick<ExactPicture, "width" | "height">): boolean {
    const { canvas } = this;
    if (canvas.width === width && canvas.height === height) return false;
    canvas.width = width;
    canvas.height = height;
    return true;
  }

  /** Draws `rects` of `picture`. */
  draw(picture: ExactPicture, rects: readonly PictureRect[]): void {
    const { context } = this;
    if (context === null) return;
    const image = this.imageOf(picture);
    for (const { x, y, width, height } of rects) context.putImageData(image, 0, 0, x, y, width, height);
  }

  /** Nothing is left of what was drawn; the next picture is drawn as a whole. */
  clear(): void {
    this.image = null;
    this.context?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** Draws all of `source` into `area`, and nothing outside. */
  drawVideo(source: CanvasImageSource, { x, y, width, height }: PictureRect): void {
    this.context?.drawImage(source, x, y, width, height);
  }

  /** A canvas of its own with all of `picture`, and within `areas` what is shown of the video now. */
  copy(picture: ExactPicture, areas: readonly PictureRect[]): HTMLCanvasElement | null {
    const copy = document.createElement("canvas");
    copy.width = picture.width;
    copy.height = picture.height;
    const context = copy.getContext("2d", { alpha: false });
    if (context === null) return null;
    context.putImageData(this.imageOf(picture), 0, 0);
    for (const { x, y, width, height } of areas)
      context.drawImage(this.canvas, x, y, width, height, x, y, width, height);
    return copy;
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
