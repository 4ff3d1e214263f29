import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { type Language, LOCALES } from "./language";

/** Values for a message's variables. */
export type MessageArguments = Record<string, FluentVariable>;

/** Gives the text of a message. A key without a message comes out as itself, so that a gap is seen and not blank. */
export type Translate = (key: string, args?: MessageArguments) => string;

/** A translator over Fluent texts (`.ftl`), without any framework: the join page uses it too. */
export function createTranslate(language: Language, texts: readonly string[]): Translate {
  const bundle = bundleOf(language, texts);
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value;
    return pattern === undefined || pattern === null ? key : bundle.formatPattern(pattern, args ?? null, []);
  };
}

/** Whether the texts hold a message of this name. */
export function createKnows(language: Language, texts: readonly string[]): (key: string) => boolean {
  const bundle = bundleOf(language, texts);
  return (key) => bundle.hasMessage(key);
}

function bundleOf(language: Language, texts: readonly string[]): FluentBundle {
  // Isolation marks would stand inside labels and copied texts; both our languages run left to right.
  const bundle = new FluentBundle(LOCALES[language], { useIsolating: false });
  for (const text of texts) bundle.addResource(new FluentResource(text));
  return bundle;
}
