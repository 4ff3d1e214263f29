// The customer holds everything up but the chat, and goes on: from the app's bar, and from the page.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { keepChannels, keepConnections, openUrlMessage, receivedBytes, sendOn, takeControlMessage, textMessage } from "./parts/hand-made.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** Far less than one picture of the screen, and more than the two ends say to each other in that time. */
const WORDS_BYTES = 16_384;

test("X-10 allowed: in a pause the operator sees nothing and can do nothing, and goes on exactly after it", async ({ browser }) => {
  const at = await Case.start(browser);
  const say = (key: string) => text(at.language, `customer-${key}`);
  try {
    const { page } = at.operator;
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.join();
    await at.operator.hasControl();
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await app.press("button", say("pause"));
    await app.find("text", say("bar-paused"));
    await expect(at.operator.says("console-paused-means")).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("paused.png") });
    await at.desktop.screenshot(test.info().outputPath("bar.png"));
    await expect(at.operator.exactSign).toBeHidden();
    for (const name of [at.operator.say.control, text(at.language, "console-files")]) {
      await expect(page.getByRole("button", { name, exact: true })).toBeDisabled();
    }
    await expect(page.getByRole("button", { name: new RegExp(`^${text(at.language, "console-tools")}`) }).first()).toBeDisabled();
    // Nothing of what was seen is left in the page either.
    const isBlank = await at.operator.page.locator("canvas").first().evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return pixels.every((value, index) => value === 0 || index % 4 === 3);
    });
    expect(isBlank).toBe(true);
    await at.operator.write("Take your time");
    await app.find("text", "Take your time");

    // What the customer does meanwhile is theirs alone, and what it came to is seen afterwards.
    const before = target.lineCount;
    await at.desktop.click(target.middle.x, target.middle.y);
    const after = await target.nextColour(before);
    await app.press("button", say("resume"));
    await expect(at.operator.says("console-paused-means")).toBeHidden();
    await expect(at.operator.exactSign).toBeVisible();
    await at.operator.hasControl();
    await at.operator.seesColour(after, target.middle.x, target.middle.y);
    const clicked = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await target.nextColour(clicked);
    await expect.poll(async () => (await at.lines("paused")).length + (await at.lines("resumed")).length).toBe(2);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("X-10 forbidden: a hand-made console gets no picture in a pause, and nothing that it sends does anything", async ({ browser }) => {
  const at = await Case.start(browser, {
    prepare: async ({ page }) => {
      await keepChannels(page);
      await keepConnections(page);
    },
  });
  const say = (key: string) => text(at.language, `customer-${key}`);
  try {
    const { page } = at.operator;
    const app = await at.join();
    await at.operator.hasControl();
    // A screen that is never still.
    at.desktop.run("xterm", ["-geometry", "100x30+300+200", "-e", "sh", "-c", "while :; do date +%N%N%N%N%N%N; done"]);
    const moving = await receivedBytes(page);
    await expect.poll(async () => (await receivedBytes(page)) - moving).toBeGreaterThan(WORDS_BYTES);
    await app.press("button", say("pause"));
    await expect(at.operator.says("console-paused-means")).toBeVisible();
    const paused = await receivedBytes(page);
    // WHAT_NEW_EPOCH, WHAT_RESUME of PictureRequest.
    for (const what of [1, 3]) await sendOn(page, "control", [0x6a, 2, 8, what]);
    await sendOn(page, "control", takeControlMessage());
    await sendOn(page, "control", textMessage(100_000, "secret"));
    await sendOn(page, "control", openUrlMessage(901, "https://example.com/"));
    const refused = async () => (await at.refusals()).join();
    await expect.poll(refused, { timeout: 15_000 }).toContain("session-paused");
    await expect.poll(refused, { timeout: 15_000 }).toContain("tool-paused");
    expect((await receivedBytes(page)) - paused).toBeLessThan(WORDS_BYTES);
    expect(await at.lines("tool-used")).toEqual([]);
    // A console that comes anew finds the pause as it was.
    await page.reload();
    await expect(at.operator.says("console-paused-means")).toBeVisible();
    expect(await receivedBytes(page)).toBeLessThan(2 * WORDS_BYTES);
    await app.press("button", say("resume"));
    await expect.poll(async () => receivedBytes(page)).toBeGreaterThan(3 * WORDS_BYTES);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("X-10 allowed: a customer at the page pauses and goes on without choosing the screen again", async ({ browser }) => {
  const at = await Case.start(browser);
  const say = (key: string) => text(at.language, `join-${key}`);
  let customer: CustomerPage | undefined;
  try {
    customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    const video = at.operator.page.locator("video:visible");
    const plays = () => video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
    await expect.poll(plays).toBeGreaterThan(0);
    await customer.press(say("pause"));
    await expect(customer.page.getByText(say("now-held"))).toBeVisible();
    await customer.page.screenshot({ path: test.info().outputPath("page.png") });
    await expect(at.operator.says("console-paused-means")).toBeVisible();
    await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).srcObject === null)).toBe(true);
    await customer.press(say("resume"));
    await expect(at.operator.says("console-paused-means")).toBeHidden();
    await expect.poll(plays).toBeGreaterThan(0);
    await expect.poll(async () => (await at.lines("paused")).length + (await at.lines("resumed")).length).toBe(2);
  } finally {
    await customer?.close();
    await at.stop();
  }
});
