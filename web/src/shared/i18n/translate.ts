import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { type Language, LOCALES } from "./language";

/** Values for a message's variables. */
export type MessageArguments = Record<string, FluentVariable>;

/** Gives the text of a message. A key without a message comes out as itself, so that a gap is seen and not blank. */
export type Translate = (key: string, args?: MessageArguments) => string;

/** What Fluent texts (`.ftl`) are asked. */
export type Messages = {
  readonly t: Translate;
  /** Whether there is a message of this name (for codes that come from the server). */
  readonly knows: (key: string) => boolean;
};

/** Reads the texts of a language once, without any framework: the join page uses it too. */
export function createMessages(language: Language, texts: readonly string[]): Messages {
  // Isolation marks would stand inside labels and copied texts; both our languages run left to right.
  const bundle = new FluentBundle(LOCALES[language], { useIsolating: false });
  for (const text of texts) bundle.addResource(new FluentResource(text));
  return {
    t: (key, args) => {
      const pattern = bundle.getMessage(key)?.value;
      return pattern === undefined || pattern === null
        ? key
        : bundle.formatPattern(pattern, args ?? null, []);
    },
    knows: (key) => bundle.hasMessage(key),
  };
}
