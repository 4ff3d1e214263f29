// The customer app on a virtual desktop, worked as a customer does: by what stands on its controls.
import { expect, type Locator } from "@playwright/test";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import type { Control } from "./accessibility.ts";
import type { Desktop } from "./desktop.ts";
import { program } from "./places.ts";
import type { Program } from "./program.ts";
import type { Server } from "./server.ts";

export type Role = "button" | "switch" | "radio" | "textbox" | "text" | "window";

export interface AppOptions {
  /** The language of the customer's desktop. */
  language: "ko" | "en";
  /** In the file's name (prepared) or on the command line (not prepared): filled in, and still confirmed. */
  code?: string;
  colours?: "light" | "dark";
}

export interface UnpreparedOptions extends AppOptions {
  /** 64 hexadecimal digits, confirmed on the command line. */
  acceptIdentity?: string;
  /** Of the customer's settings: another one in the customer's home knows no server yet. */
  settings?: string;
}

export class App {
  private constructor(
    private readonly desktop: Desktop,
    readonly program: Program,
  ) {}

  /** The app as a customer of `server` has it: made ready by the server, knowing it and nothing else. */
  static async prepared(desktop: Desktop, server: Server, options: AppOptions): Promise<App> {
    const name = options.code === undefined ? "beside" : `beside-${options.code}`;
    const path = join(desktop.home, name);
    await server.takeApp(path);
    return App.downloaded(desktop, path, options);
  }

  /** One that the desktop has started by itself. */
  static started(desktop: Desktop, program: Program): App {
    return new App(desktop, program);
  }

  /** A file that the customer downloaded. */
  static async downloaded(desktop: Desktop, path: string, options: AppOptions): Promise<App> {
    await chmod(path, 0o755);
    return new App(desktop, desktop.run(path, coloursOf(options), languageOf(options)));
  }

  /** The app as built, told its server on the command line; it asks who that is, and pins the identity that is confirmed. */
  static unprepared(desktop: Desktop, url: string, options: UnpreparedOptions): App {
    const given = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
    const asked = [...given("--code", options.code), ...given("--accept-identity", options.acceptIdentity)];
    const env = { ...languageOf(options), XDG_CONFIG_HOME: join(desktop.home, options.settings ?? ".config") };
    return new App(desktop, desktop.run(program("beside"), ["--server", url, ...asked, ...coloursOf(options)], env));
  }

  /** Waits for a control; `name` is what a screen reader says. */
  async find(role: Role, name: string | RegExp, timeoutMs = 20_000): Promise<Control> {
    return this.until(role, name, () => true, timeoutMs);
  }

  private async until(role: Role, name: string | RegExp, fits: (control: Control) => boolean, timeoutMs = 20_000): Promise<Control> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const { controls, seen } = await this.desktop.accessibility.look(role);
      const found = controls.find((control) => matches(control.name, name) && control.width > 0 && fits(control));
      if (found !== undefined) return found;
      if (Date.now() > end) {
        throw new Error(`no ${role} "${name}" on the customer's desktop; there is: ${seen.join(", ")}\n${this.program.lines.join("\n")}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** Whether such a control is on the screen now. */
  async shows(role: Role, name: string | RegExp): Promise<boolean> {
    const { controls } = await this.desktop.accessibility.look(role);
    return controls.some((control) => matches(control.name, name) && control.width > 0);
  }

  /** Waits until no such control is shown. */
  async gone(role: Role, name: string | RegExp, timeoutMs = 20_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      if (!(await this.shows(role, name))) return;
      if (Date.now() > end) throw new Error(`the ${role} "${name}" stays`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** The customer answers a question. In its first moment it takes no press, and a person presses again. */
  async answer(button: string, said: Locator): Promise<void> {
    await expect(async () => {
      if (await this.shows("button", button)) await this.press("button", button);
      await expect(said).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  }

  /** Presses a control in its middle with the mouse, once it can be pressed. */
  async press(role: Role, name: string | RegExp): Promise<void> {
    // Agree waits a moment after its question is shown.
    const ready = () => this.until(role, name, ({ states }) => role !== "button" || states.includes("enabled"));
    let control = await ready();
    // A bar that opens still moves its controls, and a press would miss.
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await ready();
      if (now.x === control.x && now.y === control.y && now.width === control.width && now.height === control.height) break;
      control = now;
    }
    await this.desktop.click(control.x + control.width / 2, control.y + control.height / 2);
  }

  /** Presses a control as a screen reader does, without mouse or keyboard. */
  async activate(role: Role, name: string): Promise<void> {
    await expect.poll(() => this.desktop.accessibility.press(role, name), { message: `${role} "${name}"`, timeout: 20_000 }).toBe(true);
  }

  /** Clicks into a field, and once its cursor is there, as a person sees, empties it and types. */
  async fill(name: string, text: string): Promise<void> {
    // Keys that come before the window has the keyboard go to the window that had it. On a busy machine a bar may stand
    // still for a moment and open on, and the click misses: a person clicks again.
    await expect(async () => {
      await this.press("textbox", name);
      await this.until("textbox", name, (field) => field.states.includes("focused"), 3_000);
    }).toPass({ timeout: 20_000 });
    await this.desktop.press("ctrl+a");
    await this.desktop.type(text);
  }

  /** As by a crash. */
  async kill(): Promise<void> {
    await this.program.stop("SIGKILL");
  }
}

function matches(name: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? name === wanted : wanted.test(name);
}

function coloursOf({ colours }: AppOptions): string[] {
  return colours === undefined ? [] : ["--colours", colours];
}

function languageOf(options: AppOptions): NodeJS.ProcessEnv {
  // C.UTF-8 stands for English; ko_KR.UTF-8 need not be installed for a program that only reads the name.
  const locale = options.language === "ko" ? "ko_KR.UTF-8" : "en_US.UTF-8";
  return { LANG: locale, LC_ALL: "", LC_MESSAGES: locale, LANGUAGE: options.language };
}
