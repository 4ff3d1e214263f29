// 부분공유 [F-01]: one window, a rectangle or a monitor is shared and nothing else leaves; the customer decides, the operator asks.
import { expect, test } from "@playwright/test";
import type { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { askPartMessage, keepChannels, pressAt, sendOn } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { program } from "./parts/places.ts";
import { decodePng } from "./parts/png.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const SCREEN = { width: 1280, height: 800 };
const BLACK = "#000000";
/** The app's own windows. */
const GREY = "#808080";

/** What the customer presses in the bar and in the window that it opens. */
async function shares(at: Case, app: App, name: string | RegExp): Promise<void> {
  await app.press("button", text(at.language, "customer-part"));
  await app.press("radio", name);
  await app.press("button", text(at.language, "customer-part-share"));
  await app.gone("button", text(at.language, "customer-part-share"));
}

/** A window of another program, until it is there. */
async function beside(at: Case, title: string, geometry: string): Promise<void> {
  const running = at.desktop.run(program("examples/target"), ["--geometry", geometry, "--title", title]);
  await running.line("ready", (line) => line.includes('"ready"'));
}

/** The whole picture as the operator sees it, one pixel of the page for one of the desktop. */
async function seen(at: Case) {
  const corner = await at.operator.place(0, 0);
  const clip = { ...SCREEN, x: Math.floor(corner.x), y: Math.floor(corner.y) };
  return decodePng(await at.operator.page.screenshot({ clip }));
}

test("F-01 allowed: one window is seen exactly and all else is black, wherever it goes; the operator asks and the customer decides", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: SCREEN });
  try {
    const { page } = at.operator;
    await page.setViewportSize({ width: SCREEN.width + 520, height: SCREEN.height + 220 });
    await beside(at, "Other", "320x240+700+500");
    const target = await Target.start(at.desktop, "320x240+100+300");
    await at.desktop.run("xsetroot", ["-solid", "#336699"]).exit();
    const app = await at.join();
    await at.operator.originalSize();
    await expect(at.operator.exactSign).toBeVisible();
    const { x, y } = target.middle;

    await test.step("the app's own windows are grey where the whole desktop is shared", async () => {
      const stop = await app.find("button", at.operator.say.stop);
      await at.operator.seesColour(GREY, stop.x + 4, stop.y + 4);
      await at.operator.seesColour("#336699", 30, 700);
    });

    const id = (await at.desktop.window("Target")).trim();
    await test.step("a window, pixel by pixel", async () => {
      await shares(at, app, /^Target/);
      await at.operator.seesColour(BLACK, 30, 700);
      await expect(at.operator.says("console-part-asked")).toBeHidden();
      await expect(at.operator.exactSign).toBeVisible();
      await at.desktop.hands("mousemove", "1270", "790");
      const [picture, screen] = [await seen(at), await at.desktop.picture()];
      const own: string[] = [];
      let beside = 0;
      for (let row = 250; row < SCREEN.height; row += 1) {
        for (let column = 0; column < SCREEN.width; column += 1) {
          const [is, real] = [picture.at(column, row), screen.at(column, row)];
          const within = column >= target.square.x && column < target.square.x + target.square.width && row >= target.square.y && row < target.square.y + target.square.height;
          if (within && is !== real) own.push(`${column},${row}: ${is} for ${real}`);
          if ((column > 460 || row > 580) && is !== BLACK) beside += 1;
        }
      }
      expect(own.slice(0, 5)).toEqual([]);
      expect(beside).toBe(0);
    });

    await test.step("it is followed, and what covers it is black", async () => {
      await at.desktop.hands("windowmove", id, "500", "300");
      await at.operator.seesColour(target.colour, x + 400, y);
      await at.operator.seesColour(BLACK, x, y);
      await beside(at, "Cover", "120x120+600+380");
      await at.operator.seesColour(BLACK, 650, 440);
      await at.desktop.hands("windowminimize", id);
      await expect(at.operator.says("console-part-hidden")).toBeVisible();
      await app.find("text", text(at.language, "customer-bar-part-hidden"));
      await at.operator.seesColour(BLACK, x + 400, y);
      await at.desktop.hands("windowmap", "--sync", id, "windowraise", id, "windowfocus", id);
      await at.operator.seesColour(target.colour, x + 400, y);
    });

    await test.step("input stays within it", async () => {
      await at.operator.hasControl();
      const before = target.lineCount;
      await at.operator.click(x + 400, y);
      await at.operator.seesColour(await target.nextColour(before), x + 400, y);
      await at.operator.click(40, 700);
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("input-outside-part");
    });

    await test.step("the operator asks for a rectangle, and the customer declines", async () => {
      await at.operator.openTool("partial-share");
      await page.getByRole("radio", { name: text(at.language, "console-part-area"), exact: true }).click({ force: true });
      await judge(page, "console-partial-share", at.language);
      await page.getByRole("button", { name: text(at.language, "console-part-draw"), exact: true }).click();
      const [from, to] = [await at.operator.place(600, 500), await at.operator.place(1000, 760)];
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
      await expect(at.operator.says("console-part-asked")).toBeVisible();
      await app.find("text", text(at.language, "customer-bar-part-asked"));
      await app.press("button", text(at.language, "customer-part"));
      await app.find("text", text(at.language, "customer-part-asked-area"));
      await app.press("button", text(at.language, "customer-part-decline"));
      await expect(at.operator.says("console-part-declined")).toBeVisible();
      await at.operator.seesColour(BLACK, 30, 700);
    });

    await test.step("the customer draws a rectangle", async () => {
      await app.press("button", text(at.language, "customer-part"));
      await app.press("button", text(at.language, "customer-part-draw"));
      await app.gone("button", text(at.language, "customer-part-draw"), 5_000).catch(() => undefined);
      await at.desktop.hands("sleep", "0.5", "mousemove", "20", "600", "sleep", "0.3", "mousedown", "1", "mousemove", "220", "760", "sleep", "0.1", "mouseup", "1");
      await at.operator.seesColour("#336699", 30, 700);
      await at.operator.seesColour(BLACK, 300, 700);
    });

    await test.step("a window that is closed shows nothing, and the record has it all", async () => {
      await shares(at, app, /^Target/);
      const closing = (await at.desktop.window("Target")).trim();
      await at.desktop.hands("windowclose", closing);
      await expect.poll(() => at.lines("part-gone")).toEqual([expect.objectContaining({ part: "window", name: "Target" })]);
    });
    const asked = await at.lines("part-asked");
    expect(asked).toEqual([expect.objectContaining({ part: "area" })]);
    expect((await at.lines("part-declined")).length).toBe(1);
    expect((await at.lines("part-shared")).map(({ part }) => part)).toEqual(expect.arrayContaining(["window", "area"]));
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-01 forbidden: no console asks for another part, a hand-made one is refused, and no input leaves the part", async ({ browser }) => {
  const options = { partial_share: false, desktop_share: false };
  const at = await Case.start(browser, { options, prepare: ({ page }) => keepChannels(page) });
  try {
    const { page } = at.operator;
    const target = await Target.start(at.desktop, "320x240+100+300");
    const app = await at.arrive(await at.operator.newSession());
    await app.press("button", at.operator.say.agree);
    await app.press("radio", /^Target/);
    await app.press("button", text(at.language, "customer-part-share"));
    await at.operator.picture.waitFor();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await page.getByRole("button", { name: text(at.language, "console-tools"), exact: true }).click();
    await expect(page.getByRole("menuitem", { name: text(at.language, "console-tool-name-partial-share"), exact: true })).toHaveCount(0);
    await page.keyboard.press("Escape");
    for (const kind of [0, 1, 2, 3, 4]) expect(await sendOn(page, "control", askPartMessage(kind))).toBe(true);
    await at.operator.hasControl();
    expect(await pressAt(page, 40, 700)).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("part-ask-forbidden");
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("input-outside-part");
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.operator.seesColour(BLACK, 40, 700);
    expect(await at.lines("part-asked")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
