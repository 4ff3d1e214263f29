/** A canvas for tests without a display: it keeps the red of each pixel, drawn by the calls that are in use. */
export class TestCanvas {
  readonly element = document.createElement("canvas");
  private reds: number[] = [];

  constructor(source: { readonly red: number }) {
    this.element.width = 0;
    this.element.height = 0;
    const context = {
      putImageData: (image: ImageData, dx: number, dy: number, ...part: number[]) => {
        const [x = 0, y = 0, width = 0, height = 0] = part;
        const red = (atX: number, atY: number) => image.data[(atY * image.width + atX) * 4] ?? 0;
        this.fill({ x: x + dx, y: y + dy, width, height }, red);
      },
      clearRect: () => {
        this.reds = [];
      },
      drawImage: (_source: unknown, x: number, y: number, width: number, height: number) =>
        this.fill({ x, y, width, height }, () => source.red),
    };
    Reflect.set(this.element, "getContext", () => context);
  }

  /** The reds, row by row; 0 where nothing was drawn. */
  rows(): number[][] {
    const { width, height } = this.element;
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, x) => this.reds[y * width + x] ?? 0),
    );
  }

  private fill(
    rect: { x: number; y: number; width: number; height: number },
    red: (x: number, y: number) => number,
  ): void {
    for (let y = rect.y; y < rect.y + rect.height; y += 1)
      for (let x = rect.x; x < rect.x + rect.width; x += 1) this.reds[y * this.element.width + x] = red(x, y);
  }
}
