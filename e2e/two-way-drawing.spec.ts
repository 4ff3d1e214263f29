// 양방향 그리기 [F-12]: the customer draws as well, each sees what the other draws, and each takes back their own.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { text } from "./parts/translations.ts";

const RED = "#e03131";
const GREEN = "#2f9e44";

/** Draws with the customer's own mouse. */
async function customerDrags(at: Case, from: [number, number], to: [number, number]): Promise<void> {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  await at.desktop.hands("mousemove", `${from[0]}`, `${from[1]}`, "mousedown", "1", "mousemove_relative", "--", `${x}`, `${y}`, "sleep", "0.1", "mouseup", "1");
}

test("F-12 allowed: the customer draws over their own screen, and the operator sees it", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    // Of a screen with nothing on it; the app's own sheet may stand there for a moment yet.
    const paper = "#000000";
    const app = await at.join();
    const { operator } = at;
    const { page } = operator;
    const say = (key: string) => text(at.language, key);
    const customer = { undo: say("customer-draw-undo"), clear: say("customer-draw-clear"), done: say("customer-draw-done") };
    const onScreen = (x: number, y: number) => expect.poll(async () => (await at.desktop.picture()).at(x, y), { timeout: 15_000 });
    await page.keyboard.press("Control+Alt+d");
    await expect(page.getByText(say("console-drawing-both"), { exact: true })).toBeVisible();
    const [from, to] = [await operator.place(400, 300), await operator.place(500, 300)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    await onScreen(450, 300).toBe(RED);
    await test.step("both see both", async () => {
      await app.press("button", say("customer-draw"));
      await expect(page.getByText(say("console-drawing-both-now"), { exact: true })).toBeVisible();
      await customerDrags(at, [700, 400], [800, 400]);
      await onScreen(750, 400).toBe(RED);
      await operator.seesColour(RED, 750, 400);
      // The bar is not drawn upon, and its tools work.
      await app.press("radio", say("customer-draw-green"));
      await customerDrags(at, [700, 500], [800, 500]);
      await onScreen(750, 500).toBe(GREEN);
    });
    await test.step("each takes back their own", async () => {
      await app.press("button", customer.undo);
      await onScreen(750, 500).toBe(paper);
      await page.keyboard.press("Control+z");
      await onScreen(450, 300).toBe(paper);
      await onScreen(750, 400).toBe(RED);
      await page.keyboard.press("Control+z");
      await app.press("button", customer.clear);
      await onScreen(750, 400).toBe(paper);
    });
    await test.step("Esc gives the customer their mouse back", async () => {
      await at.desktop.press("Escape");
      await app.gone("button", customer.done);
      await expect(page.getByText(say("console-drawing-both"), { exact: true })).toBeVisible();
      await customerDrags(at, [700, 400], [800, 400]);
      expect((await at.desktop.picture()).at(750, 400)).toBe(paper);
      const record = ["drawing-begun", "customer-drawing-begun", "customer-drawing-ended"];
      await expect.poll(async () => (await at.lines("tool-used")).map(({ tool }) => tool)).toEqual(record);
    });
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-12 forbidden: the customer is offered no pen where only the operator may draw", async ({ browser }) => {
  const at = await Case.start(browser, { options: { two_way_drawing: false } });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("text", text(at.language, "customer-may-draw"));
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    const { page } = at.operator;
    await at.operator.picture.waitFor();
    await page.keyboard.press("Control+Alt+d");
    await expect(page.getByRole("toolbar", { name: text(at.language, "console-tool-name-drawing"), exact: true })).toBeVisible();
    await expect(page.getByText(text(at.language, "console-drawing-both"), { exact: true })).toHaveCount(0);
    expect(await app.shows("button", text(at.language, "customer-draw"))).toBe(false);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
