// The product's own texts, for tests that look for a message rather than a control.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { root } from "./places.ts";

/** A text without variables, by its key: `text("en", "customer-code-unknown")`. */
export function text(language: Language, key: string): string {
  const file = key.split("-", 1)[0] ?? "";
  const found = read(language, file).find((line) => line.startsWith(`${key} =`));
  if (found === undefined) throw new Error(`locales/${language}/${file}.ftl has no ${key}`);
  return found.slice(found.indexOf("=") + 1).trim();
}

function read(language: Language, file: string): string[] {
  return readFileSync(join(root, "locales", language, `${file}.ftl`), "utf8").split("\n");
}
