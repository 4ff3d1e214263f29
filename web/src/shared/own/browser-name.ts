/** What a browser and its system are called, from the browser's own words. Other words come out as they are. */
export function browserName(words: string): string {
  const browser = BROWSERS.find(([mark]) => words.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => words.includes(mark))?.[1];
  const known = [browser, system].filter((name) => name !== undefined).join(" · ");
  return known === "" ? words : known;
}

/** The first mark that is there counts: every browser also says that it is others. */
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["SamsungBrowser/", "Samsung Internet"],
  ["Whale/", "Whale"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;

const SYSTEMS = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iOS"],
  ["iPad", "iPadOS"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;
