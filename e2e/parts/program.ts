// A program that a test starts: its output kept, its lines awaited, always ended.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Reads this file descriptor's lines too, as `Xvfb -displayfd` writes them. */
  extraFd?: boolean;
}

export class Program {
  /** Every line of standard output, and of standard error with "! " before it. */
  readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();
  private exited: number | string | undefined;

  private constructor(
    readonly name: string,
    readonly child: ChildProcess,
    extraFd: boolean,
  ) {
    this.read(child.stdout, "");
    this.read(child.stderr, "! ");
    if (extraFd) this.read(child.stdio[3] as NodeJS.ReadableStream, "fd3 ");
    child.on("error", (error) => this.ended(error.message));
    child.on("exit", (code, signal) => this.ended(code ?? signal ?? "unknown"));
  }

  static start(command: string, args: string[], options: ProgramOptions = {}): Program {
    const extraFd = options.extraFd ?? false;
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: extraFd ? ["pipe", "pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe"],
    });
    // A program that ends before it read its input is no fault of the test's.
    child.stdin?.on("error", () => undefined);
    return new Program(command.split("/").at(-1) ?? command, child, extraFd);
  }

  /** Runs to the end and gives standard output; a failure carries everything that was said. */
  static async run(command: string, args: string[], options: ProgramOptions = {}): Promise<string> {
    const program = Program.start(command, args, options);
    const code = await program.exit(120_000);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${code}\n${program.lines.join("\n")}`);
    return program.lines.filter((line) => !line.startsWith("! ")).join("\n");
  }

  get isRunning(): boolean {
    return this.exited === undefined;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} did not start`);
    return this.child.pid;
  }

  write(text: string): void {
    this.child.stdin?.write(text);
  }

  /** The first line, from `after` on, that the test takes. */
  async line(what: string, takes: (line: string) => boolean, timeoutMs = 30_000, after = 0): Promise<string> {
    let seen = after;
    return this.until(`${this.name}: ${what}`, timeoutMs, () => {
      while (seen < this.lines.length) {
        const line = this.lines[seen++] ?? "";
        if (takes(line)) return line;
      }
      return undefined;
    });
  }

  async exit(timeoutMs = 10_000): Promise<number | string> {
    return this.until(`${this.name}: end`, timeoutMs, () => this.exited, true);
  }

  /** Ends the program: asked first, forced after two seconds. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!this.isRunning) return;
    this.child.kill(signal);
    try {
      await this.exit(2_000);
    } catch {
      this.child.kill("SIGKILL");
      await this.exit(5_000);
    }
  }

  private until<T>(what: string, timeoutMs: number, look: () => T | undefined, evenAfterEnd = false): Promise<T> {
    return new Promise((resolve, reject) => {
      const tail = () => this.lines.slice(-40).join("\n");
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(check);
      };
      const check = () => {
        const found = look();
        if (found !== undefined) {
          done();
          resolve(found);
        } else if (!evenAfterEnd && this.exited !== undefined) {
          done();
          reject(new Error(`${what}: it ended with ${this.exited}\n${tail()}`));
        }
      };
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        reject(new Error(`${what}: not within ${timeoutMs} ms\n${tail()}`));
      }, timeoutMs);
      this.waiting.add(check);
      check();
    });
  }

  private read(stream: NodeJS.ReadableStream | null, mark: string): void {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) => {
      this.lines.push(mark + line);
      this.changed();
    });
  }

  private ended(how: number | string): void {
    this.exited ??= how;
    this.changed();
  }

  private changed(): void {
    for (const check of [...this.waiting]) check();
  }
}
