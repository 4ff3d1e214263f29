// 그리기 [F-11]: what the operator draws is on the customer's real screen, to the pixel, and in nobody's way.
import { expect, type Page, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { field, keepChannels, nested, sendOn } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const RED = "#e03131";
const BLUE = "#1971c2";

/** PeerMessage { draw: { <act>: <body> } }, as proto/beside/v1/drawing.proto numbers them. */
const drawMessage = (act: number, body: number[] = []) => nested(18, nested(act, body));

function tools(page: Page, language: "ko" | "en") {
  const bar = page.getByRole("toolbar", { name: text(language, "console-tool-name-drawing"), exact: true });
  const button = (key: string) => bar.getByRole("button", { name: text(language, `console-drawing-${key}`), exact: true });
  return { bar, button };
}

/** Draws from one pixel of the customer's desktop to another. */
async function drag(at: Case, from: [number, number], ...to: [number, number][]): Promise<void> {
  const { page } = at.operator;
  const places = await Promise.all([from, ...to].map(([x, y]) => at.operator.place(x, y)));
  for (const [index, place] of places.entries()) {
    await page.mouse.move(place.x, place.y, { steps: index === 0 ? 1 : 12 });
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** Until the customer's screen has these colours at these places. */
async function shows(at: Case, colours: Record<string, [number, number]>): Promise<void> {
  await expect(async () => {
    const picture = await at.desktop.picture();
    const found = Object.entries(colours).map(([wanted, [x, y]]) => [wanted, picture.at(x, y)]);
    expect(found).toEqual(Object.keys(colours).map((wanted) => [wanted, wanted.slice(0, 7)]));
  }).toPass({ timeout: 15_000, intervals: [100] });
}

test("F-11 allowed: all shapes stand on the customer's screen where they were drawn, and go again", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop, "600x400+40+200");
    const app = await at.join();
    const { operator } = at;
    const { page } = operator;
    const { bar, button } = tools(page, at.language);
    await operator.hasControl();
    const { x, y } = target.middle;
    const before = await at.desktop.picture();
    const paper = before.at(900, 300);
    await test.step("a line is there to the pixel, while the picture is scaled", async () => {
      const { width } = await operator.pictureSize();
      expect((await operator.picture.boundingBox())?.width).not.toBe(width);
      await page.keyboard.press("Control+Alt+d");
      await expect(bar).toBeVisible();
      await page.keyboard.press("l");
      await expect(button("line")).toHaveAttribute("aria-pressed", "true");
      await drag(at, [x - 40, y], [x + 60, y]);
      await shows(at, { [RED]: [x, y], [`${RED}left`]: [x - 40, y], [`${RED}right`]: [x + 60, y] });
      const picture = await at.desktop.picture();
      const rows = [-4, -3, 3, 4].map((off) => picture.at(x, y + off));
      expect(rows).toEqual(new Array(4).fill(target.colour));
      expect(target.events("colour"), "no click went to the customer").toEqual([]);
      await expect.poll(async () => (await at.lines("tool-used")).map(({ tool }) => tool)).toEqual(["drawing-begun"]);
    });
    await test.step("it is in the picture exactly once, and comes off the page's own canvas", async () => {
      await operator.seesColour(RED, x, y);
      await expect(operator.exactSign).toBeVisible();
      const left = () =>
        page.evaluate(() => {
          const own = [...document.querySelectorAll("canvas[data-tool]")].at(0) as HTMLCanvasElement;
          return own.getContext("2d")?.getImageData(0, 0, own.width, own.height).data.some((value) => value !== 0);
        });
      await expect.poll(left).toBe(false);
    });
    await test.step("every other shape", async () => {
      await button("blue").click();
      for (const [key, from, to] of [
        ["p", [700, 120], [760, 160]],
        ["a", [800, 120], [860, 160]],
        ["b", [900, 120], [960, 160]],
        ["e", [1000, 120], [1080, 160]],
        ["h", [700, 300], [800, 300]],
      ] as [string, [number, number], [number, number]][]) {
        await page.keyboard.press(key);
        await drag(at, from, to);
      }
      await page.keyboard.press("t");
      await operator.click(700, 400);
      const words = page.getByRole("textbox", { name: text(at.language, "console-drawing-words"), exact: true });
      await expect(words).toBeFocused();
      await operator.type("여기 A");
      await page.keyboard.press("Enter");
      await expect(words).toBeHidden();
      await shows(at, {
        [`${BLUE}pen`]: [700, 120],
        [`${BLUE}arrow`]: [830, 140],
        [`${BLUE}box`]: [960, 120],
        [`${BLUE}ellipse`]: [1040, 120],
        [`${BLUE}marked`]: [750, 300],
      });
      await expect
        .poll(async () => {
          const picture = await at.desktop.picture();
          const places = Array.from({ length: 90 * 40 }, (_, index) => picture.at(700 + (index % 90), 400 + Math.floor(index / 90)));
          return places.filter((colour) => colour === BLUE).length;
        })
        .toBeGreaterThan(150);
      const picture = await at.desktop.picture();
      expect([picture.at(930, 140), picture.at(1040, 140), picture.at(750, 301)]).toEqual([paper, paper, paper]);
      await judge(page, "console-drawing", at.language);
    });
    await test.step("the fading pointer is seen, and then it is not", async () => {
      await page.keyboard.press("f");
      const place = await operator.place(1000, 400);
      await expect(async () => {
        await page.mouse.move(place.x - 1, place.y);
        await page.mouse.move(place.x, place.y);
        expect((await at.desktop.picture()).at(1000, 400)).toBe(RED);
      }).toPass({ timeout: 15_000 });
      await shows(at, { [paper]: [1000, 400] });
    });
    await test.step("a click goes through what is drawn, once drawing is laid down", async () => {
      await page.keyboard.press("Escape");
      await expect(bar).toBeHidden();
      await operator.hasControl();
      const lines = target.lineCount;
      await operator.click(x, y);
      await target.nextColour(lines);
      await at.desktop.click(x, y);
      await expect.poll(() => target.events("colour").length).toBe(2);
      await shows(at, { [RED]: [x, y] });
    });
    await test.step("undo takes the last one back, and clear all of them", async () => {
      await operator.openTool("drawing");
      await button("undo").click();
      await shows(at, { [`${BLUE}marked`]: [750, 300] });
      await page.keyboard.press("Control+z");
      await shows(at, { [paper]: [750, 300] });
      await button("clear").click();
      await shows(at, { [`${paper}pen`]: [700, 120], [target.now]: [x, y] });
      await expect(button("undo")).toBeDisabled();
    });
    await test.step("Stop takes everything away", async () => {
      await page.keyboard.press("p");
      await drag(at, [700, 120], [760, 160]);
      await shows(at, { [BLUE]: [700, 120] });
      await app.press("button", operator.say.stop);
      await shows(at, { [paper]: [700, 120] });
      const record = ["drawing-begun", "drawing-ended", "drawing-begun", "drawing-ended"];
      await expect.poll(async () => (await at.lines("tool-used")).map(({ tool }) => tool)).toEqual(record);
    });
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-11 forbidden: no tool is offered, and the app refuses a hand-made drawing", async ({ browser }) => {
  const at = await Case.start(browser, { options: { drawing: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    for (const key of ["customer-may-draw", "customer-may-draw-both"]) {
      expect(await app.shows("text", text(at.language, key)), key).toBe(false);
    }
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page } = at.operator;
    await page.keyboard.press("Control+Alt+d");
    const { bar } = tools(page, at.language);
    await expect(bar).toHaveCount(0);
    expect(await app.shows("button", text(at.language, "customer-draw"))).toBe(false);
    const before = (await at.desktop.picture()).at(700, 300);
    // { id: 1, tool: PEN, rgb: red, width: 20, points: [700, 300], done }
    const points = [0xf8, 0x0a, 0xd8, 0x04];
    const stroke = [...field(1, 1), ...field(2, 1), ...field(3, 0xe03131), ...field(4, 20), ...nested(5, points), ...field(7, 1)];
    for (const message of [drawMessage(1, field(1, 1)), drawMessage(2, stroke), drawMessage(4), drawMessage(5, [...field(1, 1400), ...field(2, 600)])]) {
      expect(await sendOn(page, "control", message)).toBe(true);
    }
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("drawing-forbidden");
    expect((await at.desktop.picture()).at(700, 300)).toBe(before);
    expect(await at.lines("tool-used")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
