// How a page looks, and how it sounds: a picture of it, no serious finding of axe, no text cut off, and what a screen
// reader finds in it, which is kept beside the specs and compared.
import { type Browser, expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Language } from "./labels.ts";
import { e2eFolder } from "./places.ts";
import { bothColours, type Colours, Screens } from "./screens.ts";

export const languages: readonly Language[] = ["ko", "en"];

const screens = new Screens();

/** The smallest page that everything must fit into. */
const NARROW = { width: 360, height: 740 };

/** A browser of a person with this language. */
export function contextOf(language: Language): NonNullable<Parameters<Browser["newContext"]>[0]> {
  return {
    locale: language === "ko" ? "ko-KR" : "en-US",
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  };
}

/**
 * Compares what a screen reader finds in the page, lets axe judge it and photographs it under this name, light and dark.
 * `url`: the page's address; without it the page is taken as it stands.
 */
export async function look(page: Page, name: string, language: Language, url?: string): Promise<void> {
  await test.step(name, async () => {
    if (url !== undefined) await page.goto(url);
    await page.mouse.move(0, 0);
    // First of all: when everything is there that was there before, the page is ready to be photographed.
    await readsAsBefore(page, `${name}.${language}.aria.yml`);
    await judge(page, name, language);
  });
}

/**
 * `look` without the comparison, for a page that says something else at each run: the hours of a statistic, the events of a
 * session. The caller waits until it is there.
 */
export async function judge(page: Page, name: string, language: Language): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  expect.soft(await clippedTexts(page), `${name}: clipped`).toEqual([]);
  for (const colours of bothColours) {
    await page.emulateMedia({ colorScheme: colours });
    const path = screens.path(name, language, colours);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    expect.soft(await graveFindings(page, colours), `${name}, ${colours}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** `look` for one page. */
export function looker(page: Page, language: Language): (name: string, url?: string) => Promise<void> {
  return (name, url) => look(page, name, language, url);
}

/** `looker`, and each page once more as wide as a small phone: nothing is cut there, and what is wider scrolls by itself. */
export function narrowLooker(page: Page, language: Language): (name: string, url?: string) => Promise<void> {
  return async (name, url) => {
    await look(page, name, language, url);
    const wide = page.viewportSize();
    await page.setViewportSize(NARROW);
    await expect.soft(async () => expect(await clippedTexts(page)).toEqual([]), `${name}: clipped at 360 px`).toPass({ timeout: 2_000 });
    await page.screenshot({
      path: screens.path(`${name}-narrow`, language, "light"),
      animations: "disabled",
      caret: "hide",
    });
    if (wide !== null) await page.setViewportSize(wide);
  };
}

async function readsAsBefore(page: Page, file: string): Promise<void> {
  const renews = ["all", "changed"].includes(test.info().config.updateSnapshots);
  // What is written anew must not be written too early.
  if (renews || !existsSync(join(e2eFolder, "snapshots", file))) await page.waitForLoadState("networkidle");
  await expect(async () => {
    expect(steady(await page.locator("body").ariaSnapshot())).toMatchSnapshot([file]);
  }).toPass({ timeout: 10_000, intervals: [100] });
}

/**
 * What axe finds serious. In the dark only the colours are others.
 *
 * axe is put into a page once and tells of violations alone: its other results, which nobody reads, are the longest part of its work.
 */
async function graveFindings(page: Page, colours: Colours): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const rules = colours === "light" ? null : ["color-contrast", "link-in-text-block"];
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    // What React Aria reads out stands in the page for some seconds and is seen by nobody; axe takes it for a picture.
    const { violations } = await axe.run({ exclude: ["[data-live-announcer]"] }, {
      ...(only === null ? {} : { runOnly: only }),
      resultTypes: ["violations"],
      iframes: false,
    });
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  }, rules);
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
  // Of a server, which each test makes anew.
  [/(?:[0-9a-f]{8} ){7}[0-9a-f]{8}/g, "FINGERPRINT"],
  // What was just read out, and is gone a moment later.
  [/^- (?:log|img)\b.*\n?(?:^ {2}.*\n?)*/gm, ""],
  [/\d{4}\. \d{1,2}\. \d{1,2}\.|\d{2}\. \d{1,2}\. \d{1,2}\.|[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2}\/\d{1,2}\/\d{2}\b/g, "DATE"],
  [/(?:오전|오후) \d{1,2}:\d{2}(?::\d{2})?|\d{1,2}:\d{2}(?::\d{2})?[\s\u202f](?:AM|PM)/g, "TIME"],
  [/(\d+시간 )?(\d+분 )?\d+초|(\d+ h )?(\d+ min )?\d+ s\b/g, "DURATION"],
  [/\b\d+ ms\b/g, "0 ms"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/g, "UUID"],
  // After UUIDs, whose groups have four digits too.
  [/\b\d{4}-\d{2}-\d{2}\b/g, "DAY"],
  [/\b(?:[0-9a-f]{64}|[0-9A-F]{2}(?::[0-9A-F]{2}){31})\b/g, "HASH"],
  [/\b(?:localhost|127\.0\.0\.1):\d+\b/g, "SERVER"],
  [/\b\d{3} ?\d{3}\b/g, "CODE"],
  [/\b\d[\d.,]* ?(?:kB|MB|GB)\b/g, "SIZE"],
  [/\/(manage|console)\/(?:ko|en)-one\b/g, "/$1/COMPANY"],
  [/\/(manage|console)\/(?:ko|en)-two\b/g, "/$1/COMPANY-2"],
  [/\b(?:Chrome|HeadlessChrome) [\d.]+/g, "Chrome"],
  [new RegExp(`\\b${hostname().replace(/[^a-z0-9]/gi, "\\$&")}\\b`, "g"), "HOST"],
];

function steady(snapshot: string): string {
  return `${UNSTEADY.reduce((text, [pattern, word]) => text.replace(pattern, word), snapshot).trim()}\n`;
}
