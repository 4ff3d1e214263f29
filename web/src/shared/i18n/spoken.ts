import { type Language, readLanguage } from "./language";

/** Fetches the `.ftl` texts of one language. Nobody reads two at once, and they are much of what a page weighs. */
export type LoadTexts = (language: Language) => Promise<readonly string[]>;

/** From a module of each language, which only that language fetches. */
export function loadFrom(
  modules: Readonly<Record<Language, () => Promise<{ texts: readonly string[] }>>>,
): LoadTexts {
  return async (language) => (await modules[language]()).texts;
}

/** A language with the texts of a page in it. */
export type Spoken = { readonly language: Language; readonly texts: readonly string[] };

/** The language that a page begins in. Fails where its texts cannot be fetched. */
export async function firstSpoken(load: LoadTexts): Promise<Spoken> {
  const language = readLanguage();
  return { language, texts: await load(language) };
}
