// 상담원 화면 전송 [F-09]: a real screen of the operator's in a window at the customer, only after the customer's press, and never after the end.
import { chromium, expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import { Desktop, type Rgb } from "./parts/desktop.ts";
import { isOpen, keepChannels, operatorScreenMessage, rightMessage, sendOn, watchConnections } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { Program } from "./parts/program.ts";
import { Screens } from "./parts/screens.ts";
import { text } from "./parts/translations.ts";

const GREEN: Rgb = [0x10, 0xa0, 0x40];
const ORANGE: Rgb = [0xe0, 0x80, 0x10];

/** Gives a desktop's ground this colour. */
async function paint(desktop: Desktop, colour: Rgb): Promise<void> {
  const hex = colour.map((value) => value.toString(16).padStart(2, "0")).join("");
  await Program.run("xsetroot", ["-solid", `#${hex}`], { env: desktop.env });
}

test("F-09 allowed: the customer sees the operator's screen as it changes, from their press to either side's end", { tag: "@app" }, async () => {
  test.setTimeout(240_000);
  const mine = await Desktop.start({ width: 1920, height: 1080 });
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: false,
    env: mine.env as Record<string, string>,
    args: [...chromiumArguments, "--auto-select-desktop-capture-source=Entire screen", "--window-size=1300,900", "--window-position=0,0"],
  });
  const at = await Case.start(browser, { language: "ko" });
  const say = (key: string) => text(at.language, `customer-${key}`);
  const screens = new Screens();
  try {
    const { operator, desktop } = at;
    const { page } = operator;
    const says = (key: string) => operator.says(`console-operator-screen-${key}`);
    const stop = page.getByRole("button", { name: text(at.language, "console-operator-screen-stop"), exact: true });
    const app = await at.join();
    await paint(mine, GREEN);
    await test.step("nothing is seen before the customer's press, nor when they do not want to", async () => {
      await page.keyboard.press("Control+Alt+h");
      await expect(says("asked")).toBeVisible();
      await app.find("text", say("ask-operator-screen-means"));
      expect(await desktop.seen(GREEN)).toBeLessThan(1_000);
      await app.answer(say("ask-refuse"), says("declined"));
      expect(await desktop.seen(GREEN)).toBeLessThan(1_000);
    });
    await test.step("allowed, it opens in a window that says whose it is, and follows what changes", async () => {
      await page.keyboard.press("Control+Alt+h");
      await app.answer(say("ask-allow"), says("on"));
      await expect.poll(() => desktop.seen(GREEN), { timeout: 30_000 }).toBeGreaterThan(20_000);
      await app.find("text", say("operator-screen-means"));
      await paint(mine, ORANGE);
      await expect.poll(() => desktop.seen(ORANGE), { timeout: 30_000 }).toBeGreaterThan(20_000);
      expect(await desktop.seen(GREEN)).toBeLessThan(1_000);
      await desktop.screenshot(screens.path("app-operator-screen", at.language, "light"));
      await judge(page, "console-operator-screen", at.language);
    });
    await test.step("a pause hides it, and it comes back by itself", async () => {
      await app.press("button", say("pause"));
      await expect(says("held")).toBeVisible();
      await app.find("text", say("operator-screen-held"));
      expect(await desktop.seen(ORANGE)).toBeLessThan(1_000);
      await app.press("button", say("resume"));
      await expect.poll(() => desktop.seen(ORANGE), { timeout: 30_000 }).toBeGreaterThan(20_000);
    });
    await test.step("Stop in the console ends it, and so does Esc in the customer's window", async () => {
      await stop.click();
      await expect(says("on")).toHaveCount(0);
      await expect.poll(() => desktop.seen(ORANGE)).toBeLessThan(1_000);
      await page.keyboard.press("Control+Alt+h");
      await app.answer(say("ask-allow"), says("on"));
      await expect.poll(() => desktop.seen(ORANGE), { timeout: 30_000 }).toBeGreaterThan(20_000);
      await app.press("button", say("operator-screen-original"));
      await desktop.press("Escape");
      await expect(says("ended")).toBeVisible();
      await expect.poll(() => desktop.seen(ORANGE)).toBeLessThan(1_000);
    });
    await test.step("the record tells who began and ended it", async () => {
      const kinds = ["started", "ended-by-operator", "started", "ended-by-customer"].map((each) => `operator-screen-${each}`);
      await expect
        .poll(async () => (await at.newestRecord()).timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith("operator-screen-")))
        .toEqual(kinds);
    });
    await at.leave(app);
  } finally {
    await at.stop();
    await browser.close();
    await mine.stop();
  }
});

test("F-09 forbidden: nothing is offered, and the app takes no picture of a hand-made console", { tag: "@app" }, async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { operator_screen_share: false },
    prepare: async ({ page }) => {
      await keepChannels(page);
      await watchConnections(page);
    },
  });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    expect(await app.shows("text", text(at.language, "customer-may-operator-screen"))).toBe(false);
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page } = at.operator;
    await page.keyboard.press("Control+Alt+h");
    await expect(at.operator.says("console-operator-screen-asked")).toHaveCount(0);
    await expect.poll(() => sendOn(page, "control", operatorScreenMessage(true))).toBe(true);
    await expect.poll(() => sendOn(page, "control", rightMessage(1, 17))).toBe(true);
    // A channel of the console's own, and a first packet on it, whoever asked for it.
    await page.evaluate(() => {
      const { watchedConnections } = window as unknown as { watchedConnections: RTCPeerConnection[] };
      watchedConnections.findLast((each) => each.connectionState === "connected")?.createDataChannel("operator-screen", {});
    });
    await expect.poll(() => isOpen(page, "operator-screen")).toBe(true);
    const first = [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0, 0, 0, 0, 0, 0];
    await sendOn(page, "operator-screen", first);
    const wanted = ["operator-screen-forbidden", "operator-screen-uninvited", "right-forbidden"];
    const refused = async () => {
      const all = (await at.refusals()).join();
      return wanted.filter((what) => all.includes(what));
    };
    await expect.poll(refused, { timeout: 15_000 }).toEqual(wanted);
    expect(await app.shows("text", text(at.language, "customer-ask-operator-screen-means"))).toBe(false);
    expect((await at.newestRecord()).timeline.filter(({ kind }) => kind.startsWith("operator-screen-"))).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
