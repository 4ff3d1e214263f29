// The customer's monitors one by one and in windows of their own, as they come and go; and the view that follows the pointer [S-05].
import { expect, type Page, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const SCREEN = { width: 1600, height: 800 };

test("X-4: a monitor that is plugged in is offered, shown alone, and worked in in a window of its own until it goes", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: SCREEN });
  try {
    const { page } = at.operator;
    const say = (key: string, values?: Record<string, string>) => text(at.language, key, values);
    await at.join();
    await at.operator.hasControl();
    const menu = page.getByRole("button", { name: say("console-monitors"), exact: true });
    await expect(menu).toBeHidden();
    const xrandr = async (...rest: string[]) => at.desktop.run("xrandr", rest).exit();
    await xrandr("--setmonitor", "Left", "800/200x800/200+0+0", "screen");
    await xrandr("--setmonitor", "Right", "800/200x800/200+800+0", "none");
    // Window managers move windows when monitors change, so these come after.
    const left = await Target.start(at.desktop, "320x200+100+300");
    const right = await Target.start(at.desktop, "320x200+1200+300");
    await at.operator.seesColour(right.colour, right.middle.x, right.middle.y);
    await menu.click();
    const choices = page.getByRole("dialog", { name: say("console-monitors"), exact: true });
    const choice = (name: string) => choices.getByRole("button", { name: new RegExp(`${name}.*800 × 800`) });
    await expect(choices.getByRole("button", { name: /1600 × 800/, pressed: true })).toBeVisible();
    await judge(page, "console-monitors", at.language);

    await test.step("one alone", async () => {
      const whole = (await at.operator.picture.boundingBox())?.width ?? 0;
      await choice("Right").click();
      await page.keyboard.press("Escape");
      // Larger, and the other half is out of sight.
      await expect.poll(async () => (await at.operator.picture.boundingBox())?.width ?? 0).toBeGreaterThan(whole * 1.3);
      expect((await at.operator.place(500, 300)).x).toBeLessThan(0);
      await at.operator.seesColour(right.colour, right.middle.x, right.middle.y);
      await at.operator.click(right.middle.x, right.middle.y);
      await at.operator.seesColour(await right.nextColour(0), right.middle.x, right.middle.y);
    });

    await menu.click();
    const opened = page.waitForEvent("popup");
    await choices.getByRole("button", { name: say("console-monitor-window", { name: "Left" }), exact: true }).click();
    const own = await opened;
    await page.keyboard.press("Escape");
    await test.step("in a window of its own, with mouse and keyboard", async () => {
      await expect(own).toHaveTitle(new RegExp(say("console-monitor", { name: "Left" })));
      const middle = await placeIn(own, left.middle);
      await own.mouse.click(middle.x, middle.y);
      await expect.poll(() => left.events("button").length).toBe(2);
      await own.keyboard.press("a");
      await expect.poll(() => left.events("key").length).toBe(2);
      const colour = left.now;
      await expect.poll(() => colourIn(own, left.middle)).toBe(colour);
      await own.screenshot({ path: test.info().outputPath("window.png") });
    });

    await test.step("what is unplugged is shown no more, and its window goes", async () => {
      const closed = own.waitForEvent("close");
      await xrandr("--delmonitor", "Right");
      await closed;
      await expect(menu).toBeHidden();
      expect((await at.operator.place(700, 300)).x).toBeGreaterThan(0);
    });
  } finally {
    await at.stop();
  }
});

test("S-05 on: at original size the view follows the customer's pointer and the operator's own, until it is switched off", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: LARGE, options: { mouse_tracking: true } });
  try {
    await at.join();
    await at.operator.originalSize();
    await points(at, 2_300, 1_400);
    await expect.poll(() => isSeen(at, 2_300, 1_400)).toBe(true);
    await points(at, 100, 700);
    await expect.poll(() => isSeen(at, 100, 700)).toBe(true);
    await test.step("the operator's own pointer near an edge draws the view on", async () => {
      await at.operator.page.mouse.move(980, 500);
      await at.operator.page.mouse.move(1_030, 500);
      await expect.poll(() => isSeen(at, 2_390, 700)).toBe(true);
    });
    await at.operator.page.mouse.move(500, 400);
    await at.operator.view(text(at.language, "console-tracking"));
    await points(at, 100, 700);
    await at.operator.page.waitForTimeout(1_000);
    expect(await isSeen(at, 100, 700)).toBe(false);
  } finally {
    await at.stop();
  }
});

test("S-05 off: the view stays where the operator left it, until it is switched on", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: LARGE });
  try {
    await at.join();
    await at.operator.originalSize();
    await points(at, 2_300, 1_400);
    await at.operator.page.waitForTimeout(1_000);
    expect(await isSeen(at, 2_300, 1_400)).toBe(false);
    await at.operator.view(text(at.language, "console-tracking"));
    await points(at, 2_200, 1_300);
    await expect.poll(() => isSeen(at, 2_200, 1_300)).toBe(true);
  } finally {
    await at.stop();
  }
});

/** Larger than the console's window. */
const LARGE = { width: 2_400, height: 1_500 };

/** A program puts the customer's pointer elsewhere: no device moves. */
async function points(at: Case, x: number, y: number): Promise<void> {
  await at.desktop.hands("mousemove", String(x), String(y));
}

/** Whether this pixel of the desktop is within the picture's room. */
async function isSeen(at: Case, x: number, y: number): Promise<boolean> {
  const place = await at.operator.place(x, y);
  return at.operator.page.evaluate(
    ([left, top]) => document.elementFromPoint(left, top)?.closest("section, aside")?.tagName === "SECTION" && top > 92,
    [place.x, place.y] as const,
  );
}

/** Where a pixel of the monitor at the left end of the desktop stands in its own window. */
async function placeIn(own: Page, at: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const box = await own.locator("canvas:visible").first().boundingBox();
  if (box === null) throw new Error("the window shows no picture");
  const scale = box.width / 800;
  return { x: box.x + at.x * scale, y: box.y + at.y * scale };
}

async function colourIn(own: Page, at: { x: number; y: number }): Promise<string> {
  return own.locator("canvas:visible").first().evaluate((canvas, [x, y]) => {
    const [red = 0, green = 0, blue = 0] = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(x, y, 1, 1).data ?? [];
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }, [at.x, at.y] as const);
}
