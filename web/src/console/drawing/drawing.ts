import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Drawn, DrawSchema } from "../../generated/proto/beside/v1/drawing_pb";
import { Store } from "../../shared/session/store";
import type { Point } from "../input/input-event";
import { type Colour, type DrawingTool, RGB, sizeOf, type Width, wireTool } from "./drawing-tools";

export type DrawingState = {
  /** Drawing is taken up: no click and no key goes to the customer. */
  readonly on: boolean;
  readonly tool: DrawingTool;
  readonly colour: Colour;
  readonly width: Width;
  /** Shapes on the customer's screen, as the app says: the operator's, and those of both. */
  readonly own: number;
  readonly all: number;
  /** The customer draws just now [F-12]. */
  readonly customerDraws: boolean;
};

/** A shape that is not in the picture yet, in pixels of the picture. */
export type Shape = {
  readonly id: number;
  readonly tool: Exclude<DrawingTool, "pointer">;
  readonly rgb: number;
  readonly size: number;
  readonly points: readonly Point[];
  readonly text: string;
};

export type DrawAct = NonNullable<MessageInitShape<typeof DrawSchema>["act"]>;

export type DrawingPort = {
  /** To the customer app; false where there is no connection now. */
  send(act: DrawAct): boolean;
  after(delay_ms: number, task: () => void): () => void;
};

/** Points of a pen go out so often. */
const FRAME_MS = 25;
/** The fading pointer moves so often at the customer. */
const POINTER_MS = 40;
/** The app takes 2,000 of one shape; a longer line goes on as another one. */
const POINTS_MAX = 1_900;
const TEXT_MAX_CHARACTERS = 200;
/** What the app has drawn is in a picture after that. The app is told nothing of it, so that a picture or this time must pass. */
const PICTURE_AFTER_MS = 60;
const PICTURE_MAX_MS = 500;

type Waiting = { isDue: boolean; readonly forget: (() => void)[] };

const AT_FIRST: DrawingState = {
  on: false,
  tool: "pen",
  colour: "red",
  width: "medium",
  own: 0,
  all: 0,
  customerDraws: false,
};

/**
 * What the operator draws in one session [F-11]. The customer's app draws it on the customer's screen, where the picture has it
 * from: here a shape stands only until it is in the picture.
 */
export class Drawing {
  readonly state = new Store<DrawingState>(AT_FIRST);
  /** On their way, the oldest first. */
  readonly shapes = new Store<readonly Shape[]>([]);
  private lastId = 0;
  private open: { readonly id: number; sent: number } | null = null;
  private flushing: (() => void) | null = null;
  private pointer: { next: Point | null } | null = null;
  /** Shapes that stand on the customer's screen and may not be in the picture yet. */
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly port: DrawingPort) {}

  setOn(on: boolean): void {
    if (this.state.get().on === on) return;
    if (!on) this.end();
    this.state.update({ on });
    this.port.send({ case: "mode", value: { on } });
  }

  choose(choice: Partial<Pick<DrawingState, "tool" | "colour" | "width">>): void {
    this.end();
    this.state.update(choice);
  }

  /** A shape begins here. */
  begin(at: Point): void {
    this.end();
    const { tool } = this.state.get();
    if (tool === "pointer" || tool === "text") return;
    this.lastId += 1;
    this.open = { id: this.lastId, sent: 0 };
    this.add(tool, [at], "");
    this.flushLater();
  }

  /** The shape that is drawn goes on. */
  move(to: readonly Point[]): void {
    const shape = this.openShape();
    const last = to.at(-1);
    if (shape === undefined || last === undefined) return;
    if (!isFreehand(shape.tool)) {
      this.change(shape.id, shape.points.slice(0, 1).concat(last));
      return;
    }
    const points = [...shape.points];
    for (const at of to) {
      const before = points.at(-1);
      if (before === undefined || before.x !== at.x || before.y !== at.y) points.push(at);
    }
    this.change(shape.id, points.slice(0, POINTS_MAX));
    if (points.length >= POINTS_MAX) {
      this.begin(points[POINTS_MAX - 1] ?? last);
      this.move(points.slice(POINTS_MAX));
    }
  }

  /** The shape that is drawn is whole. */
  end(): void {
    const shape = this.openShape();
    if (shape === undefined) return;
    if (!isFreehand(shape.tool) && shape.points.length < 2) {
      // A press without a movement is no line.
      this.open = null;
      this.drop(shape.id);
      return;
    }
    this.flush(true);
    this.open = null;
  }

  /** The shape that is drawn is given up. */
  cancel(): boolean {
    const { open } = this;
    const shape = this.openShape();
    if (shape === undefined || open === null) return false;
    const wasSent = open.sent > 0;
    if (wasSent) this.end();
    this.open = null;
    this.drop(shape.id);
    if (wasSent) this.port.send({ case: "undo", value: {} });
    return true;
  }

  /** Words at a place. */
  write(text: string, at: Point): void {
    const words = [...text.replace(/\p{Cc}+/gu, " ").trim()].slice(0, TEXT_MAX_CHARACTERS).join("");
    if (words.length === 0) return;
    this.end();
    this.lastId += 1;
    this.open = { id: this.lastId, sent: 0 };
    this.add("text", [at], words);
    this.flush(true);
    this.open = null;
  }

  /** The fading pointer is here. */
  point(at: Point): void {
    if (this.pointer !== null) {
      this.pointer.next = at;
      return;
    }
    this.pointer = { next: null };
    this.port.send({ case: "pointer", value: at });
    this.port.after(POINTER_MS, () => {
      const next = this.pointer?.next ?? null;
      this.pointer = null;
      if (next !== null) this.point(next);
    });
  }

  undo(): void {
    if (!this.cancel()) this.port.send({ case: "undo", value: {} });
  }

  clear(): void {
    this.end();
    this.port.send({ case: "clear", value: {} });
  }

  /** What the customer app says. */
  told({ told }: Drawn): void {
    if (told.case === "state") {
      const { own, all, customerDraws } = told.value;
      this.state.update({ own, all, customerDraws });
    }
    if (told.case !== "stroke") return;
    const { id, problem } = told.value;
    if (problem === "") this.stands(id);
    else this.refused(id);
  }

  /** A picture is on the page that may hold what stands by now. */
  pictureDrawn(): void {
    for (const [id, { isDue }] of this.waiting) if (isDue) this.drop(id);
  }

  /** A connection is there, perhaps another one. */
  connected(): void {
    if (this.state.get().on) this.port.send({ case: "mode", value: { on: true } });
  }

  /** The connection is over, and with it what was drawn on it. */
  interrupted(): void {
    this.open = null;
    this.lastId = 0;
    for (const { id } of this.shapes.get()) this.drop(id);
    this.state.update({ own: 0, all: 0, customerDraws: false });
  }

  private openShape(): Shape | undefined {
    return this.shapes.get().find(({ id }) => id === this.open?.id);
  }

  private add(tool: Shape["tool"], points: readonly Point[], text: string): void {
    const { colour, width } = this.state.get();
    const shape = { id: this.lastId, tool, rgb: RGB[colour], size: sizeOf(tool, width), points, text };
    this.shapes.set([...this.shapes.get(), shape]);
  }

  private change(id: number, points: readonly Point[]): void {
    this.shapes.set(this.shapes.get().map((shape) => (shape.id === id ? { ...shape, points } : shape)));
  }

  private drop(id: number): void {
    for (const forget of this.waiting.get(id)?.forget ?? []) forget();
    this.waiting.delete(id);
    const rest = this.shapes.get().filter((shape) => shape.id !== id);
    if (rest.length !== this.shapes.get().length) this.shapes.set(rest);
  }

  private flushLater(): void {
    const shape = this.openShape();
    if (this.flushing !== null || shape === undefined || !isFreehand(shape.tool)) return;
    this.flushing = this.port.after(FRAME_MS, () => {
      this.flushing = null;
      this.flush(false);
      this.flushLater();
    });
  }

  private flush(done: boolean): void {
    const shape = this.openShape();
    const { open } = this;
    if (shape === undefined || open === null) return;
    const points = shape.points.slice(open.sent).flatMap(({ x, y }) => [x, y]);
    if (!done && points.length === 0) return;
    const { id, rgb, text } = shape;
    const isFirst = open.sent === 0;
    const look = isFirst ? { tool: wireTool(shape.tool), rgb, width: shape.size, text } : {};
    open.sent = shape.points.length;
    // Nobody is there to draw it.
    if (!this.port.send({ case: "stroke", value: { id, points, done, ...look } })) this.drop(id);
  }

  private stands(id: number): void {
    if (this.waiting.has(id)) return;
    const waiting: Waiting = {
      isDue: false,
      forget: [
        this.port.after(PICTURE_AFTER_MS, () => {
          waiting.isDue = true;
        }),
        this.port.after(PICTURE_MAX_MS, () => this.drop(id)),
      ],
    };
    this.waiting.set(id, waiting);
  }

  private refused(id: number): void {
    if (this.open?.id === id) this.open = null;
    this.drop(id);
  }
}

function isFreehand(tool: Shape["tool"]): boolean {
  return tool === "pen" || tool === "highlighter";
}
