// How a page looks, and how it sounds: a picture of it, no serious finding of axe, no text cut off, and what a screen
// reader finds in it, which is kept beside the specs and compared.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { hostname } from "node:os";
import type { Language } from "./labels.ts";
import { Screens } from "./screens.ts";

export interface Looks {
  language: Language;
  colours: "light" | "dark";
}

export const everyLook: readonly Looks[] = (["ko", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).map((colours) => ({ language, colours })),
);

const screens = new Screens();

/** A browser of a person with this language and these colours. */
export function contextOf({ language, colours }: Looks): NonNullable<Parameters<Browser["newContext"]>[0]> {
  return {
    locale: language === "ko" ? "ko-KR" : "en-US",
    colorScheme: colours,
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  };
}

export interface LookOptions {
  /** The page's address; without it the page is taken as it stands. */
  url?: string;
}

/** Photographs the page under this name, lets axe judge it and compares what a screen reader finds. */
export async function look(page: Page, name: string, looks: Looks, { url }: LookOptions = {}): Promise<void> {
  await test.step(name, async () => {
    if (url !== undefined) await page.goto(url);
    await page.waitForLoadState("networkidle");
    await page.mouse.move(0, 0);
    const path = screens.path(name, looks.language, looks.colours);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    await expect(page.locator("html")).toHaveAttribute("lang", looks.language);
    expect.soft(await clippedTexts(page), `${name}: clipped`).toEqual([]);
    expect.soft(await graveFindings(page), name).toEqual([]);
    await expect(async () => {
      const found = steady(await page.locator("body").ariaSnapshot());
      expect(found).toMatchSnapshot([`${name}.${looks.language}.aria.yml`]);
    }).toPass({ timeout: 10_000 });
  });
}

/** `look` for one page. */
export function looker(page: Page, looks: Looks): (name: string, url?: string) => Promise<void> {
  return (name, url) => look(page, name, looks, url === undefined ? {} : { url });
}

async function graveFindings(page: Page): Promise<string[]> {
  // What React Aria reads out stands in the page for some seconds and is seen by nobody; axe takes it for a picture.
  const { violations } = await new AxeBuilder({ page }).exclude("[data-live-announcer]").analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

/** No page scrolls sideways, and no button or heading hides part of its own text. */
async function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1 ? ["the page"] : [];
    const texts = [...document.querySelectorAll<HTMLElement>("button, h1, h2, label, th, a")];
    const hidden = texts.filter((each) => {
      const style = getComputedStyle(each);
      const hides = style.overflowX === "hidden" || style.textOverflow === "ellipsis";
      return hides && each.clientWidth > 4 && each.scrollWidth > each.clientWidth + 1;
    });
    return [...wide, ...hidden.map((each) => each.textContent ?? "")];
  });
}

/** What differs from run to run or from machine to machine, and what stands for it. */
const UNSTEADY: readonly (readonly [RegExp, string])[] = [
  // What was just read out, and is gone a moment later.
  [/^- (?:log|img)\b.*\n?(?:^ {2}.*\n?)*/gm, ""],
  [/\d{4}\. \d{1,2}\. \d{1,2}\.|\d{2}\. \d{1,2}\. \d{1,2}\.|[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}\/\d{1,2}\/\d{2}\b/g, "DATE"],
  [/(?:오전|오후) \d{1,2}:\d{2}(?::\d{2})?|\d{1,2}:\d{2}(?::\d{2})?[\s\u202f](?:AM|PM)/g, "TIME"],
  [/(\d+시간 )?(\d+분 )?\d+초|(\d+ h )?(\d+ min )?\d+ s\b/g, "DURATION"],
  [/\b\d+ ms\b/g, "0 ms"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/g, "UUID"],
  [/\b(?:[0-9a-f]{64}|[0-9A-F]{2}(?::[0-9A-F]{2}){31})\b/g, "HASH"],
  [/\b(?:localhost|127\.0\.0\.1):\d+\b/g, "SERVER"],
  [/\b\d{3} ?\d{3}\b/g, "CODE"],
  [/\b\d[\d.,]* ?(?:kB|MB|GB)\b/g, "SIZE"],
  [/\/(manage|console)\/(?:ko|en)-(?:light|dark)\b/g, "/$1/COMPANY"],
  [/\b(?:Chrome|HeadlessChrome) [\d.]+/g, "Chrome"],
  [new RegExp(`\\b${hostname().replace(/[^a-z0-9]/gi, "\\$&")}\\b`, "g"), "HOST"],
];

function steady(snapshot: string): string {
  return `${UNSTEADY.reduce((text, [pattern, word]) => text.replace(pattern, word), snapshot).trim()}\n`;
}
