// A window of another program with a square that changes colour when it is clicked (crates/desktop/examples).
import type { Desktop } from "./desktop.ts";
import { program } from "./places.ts";
import type { Program } from "./program.ts";

export interface Square {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Line {
  event: string;
  colour?: string;
  square?: Square;
}

export class Target {
  private constructor(
    private readonly program: Program,
    /** On the screen, in pixels. */
    readonly square: Square,
    /** "#rrggbb" that it shows at first. */
    readonly colour: string,
  ) {}

  /** `more`: further arguments of the program. */
  static async start(desktop: Desktop, geometry = "320x240+40+60", more: string[] = []): Promise<Target> {
    const running = desktop.run(program("examples/target"), ["--geometry", geometry, ...more]);
    // The window manager has framed and moved a window before it lets it be drawn: this is where it lies.
    const last = parse(await running.line("ready", (line) => parse(line)?.event === "ready"));
    if (last?.square === undefined || last.colour === undefined) throw new Error("the target told no place");
    return new Target(running, last.square, last.colour);
  }

  async close(): Promise<void> {
    await this.program.stop();
  }

  get middle(): { x: number; y: number } {
    return { x: this.square.x + Math.floor(this.square.width / 2), y: this.square.y + Math.floor(this.square.height / 2) };
  }

  /** "#rrggbb" that it shows now. */
  get now(): string {
    const told = this.program.lines.map((line) => parse(line)?.colour).filter((colour) => colour !== undefined);
    return told.at(-1) ?? this.colour;
  }

  /** Everything of this kind that has reached the window. */
  events(kind: string): Record<string, unknown>[] {
    return this.program.lines
      .map((line) => parse(line) as Record<string, unknown> | undefined)
      .filter((line) => line !== undefined && line["event"] === kind) as Record<string, unknown>[];
  }

  /** The colour after the next click. */
  async nextColour(after: number): Promise<string> {
    const line = await this.program.line("colour", (text) => parse(text)?.event === "colour", 15_000, after);
    return parse(line)?.colour ?? "";
  }

  get lineCount(): number {
    return this.program.lines.length;
  }
}

function parse(line: string): Line | undefined {
  return line.startsWith("{") ? (JSON.parse(line) as Line) : undefined;
}
