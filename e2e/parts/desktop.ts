// The customer's desktop: a virtual screen with a window manager, a session bus and its accessibility service, so
// that programs on it are found as a screen reader finds them and worked with mouse and keyboard.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Accessibility } from "./accessibility.ts";
import { e2eFolder } from "./places.ts";
import { type Picture, readPng } from "./png.ts";
import { Program } from "./program.ts";

export interface DesktopOptions {
  width?: number;
  height?: number;
  depth?: number;
  /** Of the X server, that this one lacks: "MIT-SHM". */
  without?: string[];
  /** A system bus of its own, on which logind answers this when it is asked whether the machine can restart. */
  logind?: "yes" | "no" | "inhibited";
  /** The same user's, after a restart. */
  home?: string;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** How far a colour may be from what it was, in each part: Chromium's pictures of a tab come back 19 off. */
const NEARLY = 24;

export class Desktop {
  private readonly programs: Program[] = [];

  private constructor(
    readonly display: string,
    readonly env: NodeJS.ProcessEnv,
    readonly home: string,
    readonly accessibility: Accessibility,
    private readonly services: Program[],
  ) {}

  static async start({ width = 1280, height = 800, depth = 24, without = [], logind, home: before }: DesktopOptions = {}): Promise<Desktop> {
    const home = before ?? (await mkdtemp(join(tmpdir(), "beside-desktop-")));
    const screen = Program.start(
      "Xvfb",
      [
        ...["-displayfd", "3", "-screen", "0", `${width}x${height}x${depth}`, "-nolisten", "tcp", "-noreset"],
        ...without.flatMap((name) => ["-extension", name]),
      ],
      { extraFd: true },
    );
    const line = await screen.line("display number", (text) => text.startsWith("fd3 "));
    const env: NodeJS.ProcessEnv = {
      PATH: process.env["PATH"],
      HOME: home,
      XDG_RUNTIME_DIR: home,
      DISPLAY: `:${line.slice(4).trim()}`,
      LANG: "C.UTF-8",
      LC_ALL: "C.UTF-8",
      RUST_BACKTRACE: "1",
      ...(process.env["RUST_LOG"] === undefined ? {} : { RUST_LOG: process.env["RUST_LOG"] }),
      GTK_MODULES: "gail:atk-bridge",
      QT_LINUX_ACCESSIBILITY_ALWAYS_ON: "1",
    };
    const bus = Program.start("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=1"], { env });
    env["DBUS_SESSION_BUS_ADDRESS"] = await bus.line("address", (text) => text.startsWith("unix:"));
    const system = logind === undefined ? [] : await systemBus(env, logind);
    const manager = Program.start("openbox", ["--sm-disable"], { env });
    const accessibility = await Accessibility.start(env);
    const desktop = new Desktop(env["DISPLAY"] ?? "", env, home, accessibility, [manager, bus, ...system, screen]);
    await desktop.managed();
    return desktop;
  }

  /** Starts a program on this desktop; it ends with the desktop. */
  run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
    const program = Program.start(command, args, { env: { ...this.env, ...env }, cwd: this.home });
    this.programs.push(program);
    return program;
  }

  /** The customer's hands. */
  async hands(...args: string[]): Promise<string> {
    return Program.run("xdotool", args, { env: this.env });
  }

  async click(x: number, y: number): Promise<void> {
    await this.hands("mousemove", `${Math.round(x)}`, `${Math.round(y)}`, "sleep", "0.05", "click", "1");
  }

  async type(text: string): Promise<void> {
    await this.hands("type", "--delay", "20", "--", text);
  }

  async press(...keys: string[]): Promise<void> {
    await this.hands("key", "--delay", "20", ...keys);
  }

  /** Waits for a window with this title and gives its X id. */
  async window(title: string): Promise<string> {
    const found = await Program.run("xdotool", ["search", "--sync", "--onlyvisible", "--name", title], { env: this.env });
    return found.split("\n")[0] ?? "";
  }

  /** Where the customer app's own windows stand: they are grey in what is shared. */
  async ownWindows(): Promise<{ x: number; y: number; width: number; height: number }[]> {
    const told = await this.hands("search", "--onlyvisible", "--class", "beside-customer", "getwindowgeometry", "--shell", "%@");
    const values = [...told.matchAll(/^(?:X|Y|WIDTH|HEIGHT)=(-?\d+)$/gm)].map(([, value]) => Number(value));
    const places = [];
    for (let at = 0; at + 3 < values.length; at += 4) {
      const [x = 0, y = 0, width = 0, height = 0] = values.slice(at, at + 4);
      places.push({ x, y, width, height });
    }
    return places;
  }

  /** Gives the screen another size, as the display settings do; at most the one that it began with. */
  async resize(width: number, height: number): Promise<void> {
    const xrandr = (...args: string[]) => Program.run("xrandr", args, { env: this.env });
    const mode = `${width}x${height}`;
    if (!(await xrandr()).includes(` ${mode} `)) {
      // A virtual screen has no clock; these numbers only have to be in order.
      const [across, down] = [width, height].map((size) => [size, size + 8, size + 16, size + 24].map(String));
      await xrandr("--newmode", mode, "60", ...(across ?? []), ...(down ?? []));
      await xrandr("--addmode", "screen", mode);
    }
    await xrandr("--output", "screen", "--mode", mode);
  }

  /** X keycodes of the keys that are down now, whoever pressed them. */
  async keysDown(): Promise<number[]> {
    return JSON.parse(await Program.run("/usr/bin/python3", [join(e2eFolder, "parts", "keys-down.py")], { env: this.env })) as number[];
  }

  /** The process of the virtual screen. */
  get screenPid(): number {
    const screen = this.services.at(-1);
    if (screen === undefined) throw new Error("the desktop has no screen");
    return screen.pid;
  }

  /** What the customer sees now. */
  async picture(): Promise<Picture> {
    const path = join(this.home, "screen.png");
    await this.screenshot(path);
    return readPng(path);
  }

  /** How much of what the customer sees has nearly this colour, in pixels: browsers capture screens as video, which changes colours a little. */
  async seen([red, green, blue]: Rgb): Promise<number> {
    const rgb = (await this.picture()).rgb();
    const near = (at: number, wanted: number) => Math.abs((rgb[at] ?? 0) - wanted) <= NEARLY;
    let count = 0;
    for (let at = 0; at < rgb.length; at += 3) {
      if (near(at, red) && near(at + 1, green) && near(at + 2, blue)) count += 1;
    }
    return count;
  }

  async screenshot(path: string): Promise<void> {
    await Program.run("import", ["-silent", "-window", "root", "-depth", "8", `png:${path}`], { env: this.env });
  }

  /** What logind was asked so far, a line each: "Reboot True". */
  get askedOfLogind(): string[] {
    return this.services.flatMap(({ lines }) => lines).filter((line) => /(CanReboot|Reboot)/.test(line));
  }

  /** The session of this desktop ends, as before a restart: programs are asked to end, then the screen goes. What the user has stays. */
  async goDown(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    await this.accessibility.stop();
    for (const service of this.services) await service.stop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    await this.accessibility.stop();
    for (const service of this.services) await service.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Until the window manager has taken the screen: windows opened before would get no frame. */
  private async managed(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const probe = Program.start("xdotool", ["get_num_desktops"], { env: this.env });
      if ((await probe.exit()) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the window manager did not start");
  }
}

async function systemBus(env: NodeJS.ProcessEnv, can: string): Promise<Program[]> {
  const bus = Program.start("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=1"], { env });
  env["DBUS_SYSTEM_BUS_ADDRESS"] = await bus.line("address", (text) => text.startsWith("unix:"));
  const logind = Program.start("/usr/bin/python3", [join(e2eFolder, "parts", "logind.py"), can], { env });
  await logind.line("logind", (text) => text.includes("ready"));
  return [logind, bus];
}
