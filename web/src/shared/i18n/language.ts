/** A language of the product. */
export type Language = "ko" | "en";

/** Both languages, in the order of the switch. */
export const LANGUAGES: readonly Language[] = ["ko", "en"];

/** How a language calls itself, letter for letter as on the switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ko: "한국어", en: "English" };

/** The full tags, for React Aria and for dates and numbers. */
export const LOCALES: Readonly<Record<Language, string>> = { ko: "ko-KR", en: "en-US" };

const COOKIE = "beside_language";
const ONE_YEAR_S = 31_536_000;

/** Chosen before (cookie), else the first of the browser's languages that we speak, else Korean. */
export function chooseLanguage(cookies: string, preferred: readonly string[]): Language {
  const remembered = cookies
    .split(";")
    .map((pair) => pair.trim().split("="))
    .find(([name]) => name === COOKIE)?.[1];
  const wanted = [remembered, ...preferred.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find(isLanguage) ?? "ko";
}

/** The language of this page at its start. */
export function readLanguage(): Language {
  return chooseLanguage(document.cookie, navigator.languages);
}

/** Remembers the choice for every page of the product; the server reads the same cookie for its texts. */
export function rememberLanguage(language: Language): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari of our range.
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax${secure}`;
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === "ko" || tag === "en";
}
