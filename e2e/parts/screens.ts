// Where pictures of pages and windows go: docs/screens when they are renewed, else the target folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { root } from "./places.ts";

export type Colours = "light" | "dark";

export const bothColours: readonly Colours[] = ["light", "dark"];

/** Whether this run renews the pictures in docs/screens. */
export const renewsScreens = process.env["UPDATE_SCREENS"] === "1";

export class Screens {
  private readonly folder = join(root, renewsScreens ? "docs/screens" : "target/screens");

  constructor() {
    mkdirSync(this.folder, { recursive: true });
  }

  path(name: string, language: Language, colours: Colours): string {
    return join(this.folder, `${name}.${language}.${colours}.png`);
  }
}
