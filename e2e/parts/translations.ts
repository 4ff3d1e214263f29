// The product's own texts, for tests that look for a message rather than a control.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { root } from "./places.ts";

/** Files whose keys begin with something else. */
const FILES: Record<string, string> = { usage: "usage_log", operator: "errors", program: "errors", email: "errors" };

/** A text of one line by its key: `text("en", "customer-code-unknown")`. `values`: what stands for its variables. */
export function text(language: Language, key: string, values: Record<string, string> = {}): string {
  const prefix = key.split("-", 1)[0] ?? "";
  const file = FILES[prefix] ?? prefix;
  const found = read(language, file).find((line) => line.startsWith(`${key} =`));
  if (found === undefined) throw new Error(`locales/${language}/${file}.ftl has no ${key}`);
  const pattern = found.slice(found.indexOf("=") + 1).trim();
  return pattern.replaceAll(/\{ \$([a-z_]+) \}/g, (variable, name: string) => values[name] ?? variable);
}

function read(language: Language, file: string): string[] {
  return readFileSync(join(root, "locales", language, `${file}.ftl`), "utf8").split("\n");
}
