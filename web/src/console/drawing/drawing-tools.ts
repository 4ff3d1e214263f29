import { DrawStroke_Tool as Wire } from "../../generated/proto/beside/v1/drawing_pb";

/** What the operator draws with [F-11]; `pointer` fades and is no shape. */
export type DrawingTool = "pen" | "highlighter" | "line" | "arrow" | "box" | "ellipse" | "text" | "pointer";

type ToolEntry = {
  readonly name: DrawingTool;
  /** `KeyboardEvent.code` of the key that chooses it while drawing is on, and what is written on that key. */
  readonly code: string;
  readonly key: string;
};

export const DRAWING_TOOLS: readonly ToolEntry[] = [
  { name: "pen", code: "KeyP", key: "P" },
  { name: "highlighter", code: "KeyH", key: "H" },
  { name: "line", code: "KeyL", key: "L" },
  { name: "arrow", code: "KeyA", key: "A" },
  { name: "box", code: "KeyB", key: "B" },
  { name: "ellipse", code: "KeyE", key: "E" },
  { name: "text", code: "KeyT", key: "T" },
  { name: "pointer", code: "KeyF", key: "F" },
];

export const COLOURS = ["red", "yellow", "green", "blue", "black", "white"] as const;
export type Colour = (typeof COLOURS)[number];

/** As the wire and a page have it. The customer's app offers its customer the same ones. */
export const RGB: Readonly<Record<Colour, number>> = {
  red: 0xe03131,
  yellow: 0xf5c400,
  green: 0x2f9e44,
  blue: 0x1971c2,
  black: 0x101010,
  white: 0xffffff,
};

export const WIDTHS = ["thin", "medium", "thick"] as const;
export type Width = (typeof WIDTHS)[number];

const LINE_PX: Readonly<Record<Width, number>> = { thin: 2, medium: 4, thick: 8 };
const HIGHLIGHTER_PX: Readonly<Record<Width, number>> = { thin: 14, medium: 24, thick: 36 };
const TEXT_PX: Readonly<Record<Width, number>> = { thin: 18, medium: 28, thick: 44 };

/** A line's width or a text's height, in the customer's pixels. */
export function sizeOf(tool: DrawingTool, width: Width): number {
  if (tool === "text") return TEXT_PX[width];
  return (tool === "highlighter" ? HIGHLIGHTER_PX : LINE_PX)[width];
}

/** "#rrggbb". */
export function cssColour(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, "0")}`;
}

const WIRE: Readonly<Record<Exclude<DrawingTool, "pointer">, Wire>> = {
  pen: Wire.PEN,
  highlighter: Wire.HIGHLIGHTER,
  line: Wire.LINE,
  arrow: Wire.ARROW,
  box: Wire.BOX,
  ellipse: Wire.ELLIPSE,
  text: Wire.TEXT,
};

/** The tool as the wire has it. */
export function wireTool(tool: Exclude<DrawingTool, "pointer">): Wire {
  return WIRE[tool];
}

/** A key that does something while drawing is on. */
export type DrawingKey =
  | { readonly kind: "tool"; readonly tool: DrawingTool }
  | { readonly kind: "colour"; readonly colour: Colour }
  | { readonly kind: "width"; readonly by: 1 | -1 }
  | { readonly kind: "undo" | "clear" | "leave" };

type Keys = Pick<KeyboardEvent, "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

/** Letters choose tools, digits colours, brackets widths; Ctrl+Z takes back, Delete clears, Esc leaves. */
export function drawingKey({ code, ctrlKey, altKey, shiftKey, metaKey }: Keys): DrawingKey | null {
  if (altKey || shiftKey) return null;
  if (ctrlKey || metaKey) return code === "KeyZ" ? { kind: "undo" } : null;
  if (code === "Escape") return { kind: "leave" };
  if (code === "Delete") return { kind: "clear" };
  if (code === "BracketLeft") return { kind: "width", by: -1 };
  if (code === "BracketRight") return { kind: "width", by: 1 };
  const tool = DRAWING_TOOLS.find((each) => each.code === code);
  if (tool !== undefined) return { kind: "tool", tool: tool.name };
  const colour = COLOURS.find((_, index) => code === `Digit${index + 1}`);
  return colour === undefined ? null : { kind: "colour", colour };
}

/** The next thinner or thicker one, as far as there is one. */
export function widthBeside(width: Width, by: 1 | -1): Width {
  return WIDTHS[WIDTHS.indexOf(width) + by] ?? width;
}
