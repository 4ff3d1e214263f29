// Where pictures of pages and windows go: docs/screens when they are renewed, else the target folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { root } from "./places.ts";

export class Screens {
  private readonly folder = join(root, process.env["UPDATE_SCREENS"] === "1" ? "docs/screens" : "target/screens");

  constructor() {
    mkdirSync(this.folder, { recursive: true });
  }

  path(name: string, language: Language, colours: "light" | "dark"): string {
    return join(this.folder, `${name}.${language}.${colours}.png`);
  }
}
