// Plays a session by itself and films the operator's screen; a picture of the session while it runs is kept beside.
import { chromium, expect, type Page } from "@playwright/test";
import type { Company } from "../parts/api.ts";
import { App } from "../parts/app.ts";
import { chromiumArguments, chromiumPath } from "../parts/chromium.ts";
import { Desktop } from "../parts/desktop.ts";
import { type Language, labels } from "../parts/labels.ts";
import { Operator } from "../parts/operator.ts";
import type { Server } from "../parts/server.ts";
import type { Target } from "../parts/target.ts";
import { text } from "../parts/translations.ts";
import { Hand } from "./hand.ts";
import { cast } from "./script.ts";

const SIZE = { width: 1440, height: 900 };
/** As long as the browser tells how full screen is left. */
const BROWSER_TELLS_MS = 6_500;

export interface Stage {
  server: Server;
  customer: Desktop;
  company: Company;
  target: Target;
  language: Language;
}

interface Set extends Stage {
  office: Desktop;
  operator: Operator;
  app: App;
  hand: Hand;
  still: string;
}

/** `place` ends in .webm, and the still beside it in .png; ffmpeg takes 25 pictures a second. */
export async function film(stage: Stage, place: string): Promise<void> {
  const { server, customer, company, language } = stage;
  const office = await Desktop.start(SIZE);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: false,
    args: [...chromiumArguments, "--window-position=0,0", `--window-size=${SIZE.width},${SIZE.height}`, "--disable-features=Translate"],
    env: { ...office.env, HOME: office.home } as Record<string, string>,
  });
  const size = `${SIZE.width}x${SIZE.height}`;
  const input = ["-f", "x11grab", "-framerate", "25", "-video_size", size, "-i", office.display];
  const output = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1500k", "-y", place];
  const still = place.replace(/(\.webm)?$/, ".png");
  try {
    const operator = await Operator.signIn(browser, server, company.operator, language, { company: company.shortName, viewport: null });
    const app = await App.prepared(customer, server, { language });
    // Without the browser's own bars.
    await office.press("F11");
    await operator.page.waitForTimeout(BROWSER_TELLS_MS);
    const camera = office.run("ffmpeg", ["-loglevel", "error", ...input, ...output]);
    const set: Set = { ...stage, office, operator, app, hand: new Hand(office), still };
    await begins(set);
    await helps(set);
    await ends(set);
    await administratorReads(set);
    camera.write("q");
    const end = await camera.exit(60_000);
    if (end !== 0) throw new Error(`ffmpeg: ${end}\n${camera.lines.join("\n")}`);
    process.stdout.write(`${place}\n${still}\n`);
  } finally {
    await browser.close();
    await office.stop();
  }
}

/** A code, the customer who types it, and their consent. */
async function begins({ operator, app, hand, language }: Set): Promise<void> {
  const say = labels[language];
  await pause(operator.page, 1_000);
  await hand.pressOn(operator.page.getByRole("button", { name: say.newSession, exact: true }).first());
  const shown = operator.page.getByRole("status", { name: say.connectionCode, exact: true });
  await expect(shown).toHaveText(/^\d{3}\s?\d{3}$/);
  await pause(operator.page, 1_200);
  await app.fill(say.connectionCode, ((await shown.textContent()) ?? "").replace(/\s/g, ""));
  await app.press("button", say.next);
  await app.press("button", say.agree);
  await operator.picture.waitFor();
  await pause(operator.page, 1_500);
}

/** Control, typing, chat, and the still. */
async function helps({ office, operator, app, hand, target, language, still }: Set): Promise<void> {
  const say = labels[language];
  const lines = cast[language];
  for (let click = 0; click < 3; click++) {
    await hand.press(await operator.place(target.middle.x, target.middle.y));
    await pause(operator.page, 700);
  }
  await hand.press(await operator.place(900, 300));
  await pause(operator.page, 400);
  await operator.type(lines.command);
  await operator.page.keyboard.press("Enter");
  await pause(operator.page, 900);
  const message = operator.page.getByRole("textbox", { name: say.message, exact: true });
  const send = operator.page.getByRole("button", { name: say.send, exact: true });
  await hand.write(message, lines.question);
  await hand.pressOn(send);
  await app.fill(say.message, lines.answer);
  await app.press("button", say.send);
  await pause(operator.page, 800);
  // The customer puts the chat away, so that the whole desktop is to be seen again.
  await app.press("button", new RegExp(`^${say.chat}`));
  await hand.write(message, lines.thanks);
  await hand.pressOn(send);
  // What the customer's window does with a new message is theirs.
  if (await app.shows("textbox", say.message)) await app.press("button", new RegExp(`^${say.chat}`));
  await expect(operator.says("console-control-customer-active")).toBeHidden();
  await expect(operator.exactSign).toBeVisible();
  await office.screenshot(still);
  await pause(operator.page, 1_500);
}

/** The customer's Stop, and the operator's form. */
async function ends({ operator, app, hand, language }: Set): Promise<void> {
  const say = labels[language];
  const { page } = operator;
  const lines = cast[language];
  await app.press("button", say.stop);
  const name = page.getByRole("textbox", { name: say.customerName, exact: true });
  await name.waitFor();
  await pause(page, 1_000);
  await hand.pressOn(page.getByRole("button", { name: new RegExp(say.supportType) }).last());
  await hand.pressOn(page.getByRole("option", { name: lines.names.supportType, exact: true }));
  await hand.pressOn(page.getByText(say.resolved, { exact: true }));
  await hand.write(name, lines.customerName);
  await hand.write(page.getByRole("textbox", { name: say.memo, exact: true }), lines.memo);
  await hand.pressOn(page.getByRole("button", { name: say.save, exact: true }));
  await pause(page, 1_500);
}

/** The record, as the administrator of the company finds it. */
async function administratorReads({ server, company, operator, hand, language }: Set): Promise<void> {
  const say = labels[language];
  const { page } = operator;
  const { login, password } = company.administrator;
  await page.goto(`${server.url}/manage/${company.shortName}`);
  await hand.write(page.getByRole("textbox", { name: say.id, exact: true }), login);
  await page.getByLabel(say.password, { exact: true }).fill(password);
  await hand.pressOn(page.getByRole("button", { name: say.signIn, exact: true }));
  await hand.pressOn(page.getByRole("navigation").first().getByRole("link", { name: say.menu.records, exact: true }));
  const record = page.getByRole("link", { name: company.operator.login, exact: true }).first();
  await record.waitFor();
  await pause(page, 1_200);
  await hand.pressOn(record);
  await expect(page.getByRole("heading", { name: text(language, "manage-record-sealed"), exact: true })).toBeVisible();
  await pause(page, 2_000);
  await page.getByRole("heading", { name: text(language, "manage-record-sealed"), exact: true }).scrollIntoViewIfNeeded();
  await pause(page, 2_500);
}

async function pause(page: Page, ms: number): Promise<void> {
  await page.waitForTimeout(ms);
}
