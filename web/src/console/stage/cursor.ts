import type { PointerShapeImage } from "../../shared/picture/pointer-shape";

const made = new WeakMap<PointerShapeImage, string>();

/** The CSS cursor for the customer's pointer shape; the browser's own arrow where there is none. */
export function cursorOf(shape: PointerShapeImage | null): string {
  if (shape === null) return "default";
  const known = made.get(shape);
  if (known !== undefined) return known;
  const cursor = draw(shape);
  made.set(shape, cursor);
  return cursor;
}

function draw({ width, height, hotX, hotY, rgba }: PointerShapeImage): string {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) return "default";
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  return `url("${canvas.toDataURL("image/png")}") ${hotX} ${hotY}, default`;
}
