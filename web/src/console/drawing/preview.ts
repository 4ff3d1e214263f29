import type { Point } from "../input/input-event";
import type { Shape } from "./drawing";
import { cssColour } from "./drawing-tools";

/** As the customer's app draws (crates/desktop/src/overlay), so that nothing jumps when the picture takes over. */
const HATCH_ROWS = 3;
const HEAD_WIDTHS = 4;
const HEAD_PX = 12;
const HEAD_ANGLE = 0.5;

type Ink = Pick<
  CanvasRenderingContext2D,
  | "clearRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "ellipse"
  | "rect"
  | "stroke"
  | "fillText"
  | "createPattern"
  | "strokeStyle"
  | "fillStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
  | "font"
  | "textBaseline"
>;

/** Draws the shapes on a canvas whose pixels are the picture's. */
export function paint(ink: Ink, size: { width: number; height: number }, shapes: readonly Shape[]): void {
  ink.clearRect(0, 0, size.width, size.height);
  for (const shape of shapes) {
    const [first] = shape.points;
    if (first === undefined) continue;
    const colour = cssColour(shape.rgb);
    ink.fillStyle = colour;
    ink.strokeStyle = shape.tool === "highlighter" ? hatch(ink, colour) : colour;
    ink.lineWidth = shape.size;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    if (shape.tool === "text") {
      ink.font = `${shape.size}px sans-serif`;
      ink.textBaseline = "top";
      ink.fillText(shape.text, first.x, first.y);
      continue;
    }
    ink.beginPath();
    outline(ink, shape, middle(first), middle(shape.points.at(-1) ?? first));
    ink.stroke();
  }
}

function outline(ink: Ink, shape: Shape, from: Point, to: Point): void {
  switch (shape.tool) {
    case "pen":
    case "highlighter":
      ink.moveTo(from.x, from.y);
      for (const point of shape.points.map(middle)) ink.lineTo(point.x, point.y);
      break;
    case "box":
      ink.rect(from.x, from.y, to.x - from.x, to.y - from.y);
      break;
    case "ellipse":
      ink.ellipse(
        (from.x + to.x) / 2,
        (from.y + to.y) / 2,
        Math.abs(to.x - from.x) / 2,
        Math.abs(to.y - from.y) / 2,
        0,
        0,
        2 * Math.PI,
      );
      break;
    case "arrow":
      head(ink, shape.size, from, to);
      break;
    case "line":
      ink.moveTo(from.x, from.y);
      ink.lineTo(to.x, to.y);
      break;
    case "text":
      break;
  }
}

function head(ink: Ink, size: number, from: Point, to: Point): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const barb = Math.min(Math.max(size * HEAD_WIDTHS, HEAD_PX), length);
  const back = Math.atan2(from.y - to.y, from.x - to.x);
  ink.moveTo(from.x, from.y);
  ink.lineTo(to.x, to.y);
  for (const angle of [back + HEAD_ANGLE, back - HEAD_ANGLE]) {
    ink.moveTo(to.x, to.y);
    ink.lineTo(to.x + barb * Math.cos(angle), to.y + barb * Math.sin(angle));
  }
}

/** One row in three: what lies below can be read. */
function hatch(ink: Ink, colour: string): CanvasPattern | string {
  const rows = document.createElement("canvas");
  rows.width = 1;
  rows.height = HATCH_ROWS;
  const context = rows.getContext("2d");
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return ink.createPattern(rows, "repeat") ?? colour;
}

/** A pixel's middle. */
function middle({ x, y }: Point): Point {
  return { x: x + 0.5, y: y + 0.5 };
}
