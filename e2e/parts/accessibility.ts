// Finds controls of native windows by role and label, as Playwright does for pages. The looking is done by a small
// Python program, since AT-SPI's own library speaks Python.
import { join } from "node:path";
import { e2eFolder } from "./places.ts";
import { Program } from "./program.ts";

export interface Control {
  role: string;
  name: string;
  /** What an entry holds. */
  value: string;
  states: string[];
  /** On the screen, in pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Reply {
  id: number;
  controls?: Control[];
  seen?: string[];
  pressed?: boolean;
  error?: string;
}

export class Accessibility {
  private requests = 0;

  private constructor(private readonly looker: Program) {}

  static async start(env: NodeJS.ProcessEnv): Promise<Accessibility> {
    const looker = Program.start("/usr/bin/python3", [join(e2eFolder, "parts", "accessibility.py")], { env });
    await looker.line("ready", (line) => line === "ready");
    return new Accessibility(looker);
  }

  /** What every program on the desktop shows: the controls of a role, and everything by role and name. */
  async look(role: string): Promise<{ controls: Control[]; seen: string[] }> {
    const { controls, seen = [], error } = await this.ask({ role });
    if (controls === undefined) throw new Error(`accessibility: ${error}`);
    return { controls, seen };
  }

  /** Does what a control is there for, as a screen reader does; false where there is none that can be pressed now. */
  async press(role: string, name: string): Promise<boolean> {
    return (await this.ask({ press: { role, name } })).pressed === true;
  }

  private async ask(what: object): Promise<Reply> {
    const id = ++this.requests;
    const before = this.looker.lines.length;
    this.looker.write(`${JSON.stringify({ id, ...what })}\n`);
    const line = await this.looker.line("reply", (text) => text.startsWith(`{"id": ${id},`), 20_000, before);
    return JSON.parse(line) as Reply;
  }

  async stop(): Promise<void> {
    await this.looker.stop();
  }
}
