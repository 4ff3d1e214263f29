// The labels that README.md names, under these headings, for who is new here: `**한국어** [English]`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { root } from "./places.ts";
import { text } from "./translations.ts";

const HEADINGS = ["### A first day", "### A session"];
const PAIR = /\*\*([^*]+)\*\*\s+\[([^\]]+)\]/g;

const named = readNamed();

/**
 * A label by its key, as `text` gives it. One that the README does not name fails the test: nobody who follows the README
 * would find it. `values`: the README has … in their place.
 */
export function label(language: Language, key: string, values: Record<string, string> = {}): string {
  const written = text(language, key, Object.fromEntries(Object.keys(values).map((name) => [name, "…"])));
  if (!named[language].has(written)) throw new Error(`README.md does not name “${written}” where it leads through the product`);
  return text(language, key, values);
}

function readNamed(): Record<Language, Set<string>> {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const section = HEADINGS.map((heading) => text.split(`${heading}\n`)[1]?.split(/^#/m)[0] ?? "").join("\n");
  const pairs = [...section.matchAll(PAIR)];
  return { ko: new Set(pairs.map(([, ko = ""]) => ko)), en: new Set(pairs.map(([, , en = ""]) => en)) };
}
