// 음성 채팅 [F-14] with a customer in a browser: a real tone through real sound servers each way, only after the customer's press.
import { readFile } from "node:fs/promises";
import { type Browser, chromium, expect, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { judge } from "./parts/looks.ts";
import { packetsIn } from "./parts/recorded.ts";
import { arrives, isSilence, isTone, Sound } from "./parts/sound.ts";
import { text } from "./parts/translations.ts";

/** The browser of a person whose machine has this sound. */
async function browserWith(sound: Sound): Promise<Browser> {
  const env = { ...process.env, ...sound.env } as Record<string, string>;
  return chromium.launch({ executablePath: chromiumPath, args: chromiumArguments, ignoreDefaultArgs: ["--mute-audio"], env });
}

test("F-14 allowed: a tone arrives each way between console and page, and mute, pause and the right taken back give silence", { tag: ["@alone", "@browser"] }, async () => {
  test.setTimeout(240_000);
  const [mine, theirs] = await Promise.all([Sound.start(), Sound.start()]);
  const [browser, other] = await Promise.all([browserWith(mine), browserWith(theirs)]);
  const at = await Case.start(browser, { language: "ko" });
  const say = (key: string) => text(at.language, `join-${key}`);
  try {
    const { operator } = at;
    const { page } = operator;
    await operator.context.grantPermissions(["microphone"]);
    const customer = await CustomerPage.open(other, at.server, await operator.newSession(), at.language);
    const theirPage = customer.page;
    await theirPage.context().grantPermissions(["microphone"]);
    await customer.connect();
    await expect(theirPage.getByText(say("right-talk"))).toBeVisible();
    await customer.agree();
    await expect(page.locator("video:visible")).toBeVisible();
    const toggle = page.getByRole("button", { name: text(at.language, "console-voice"), exact: true }).filter({ visible: true });
    const button = (key: string) => page.getByRole("button", { name: text(at.language, `console-voice-${key}`), exact: true }).filter({ visible: true });
    const says = (key: string) => operator.says(`console-voice-${key}`);
    const question = theirPage.getByText(say("ask-talk-means"));
    const sign = theirPage.getByText(say("microphone-on"), { exact: true });
    await test.step("nothing is heard before the customer's press, and no microphone of theirs is open", async () => {
      await toggle.click();
      await expect(question).toBeVisible();
      expect(await theirs.listeners()).toBe(0);
      await arrives(isSilence, mine, theirs);
      await judge(theirPage, "join-asks-voice", at.language);
      await customer.press(say("ask-refuse"));
      await expect(says("declined")).toBeVisible();
      await toggle.click();
      await customer.press(say("ask-allow"));
      await expect(says("on")).toBeVisible();
      await expect(sign).toBeVisible();
    });
    await test.step("the tone arrives each way, and the page's meters and lists show it", async () => {
      const meter = (key: string) => theirPage.getByRole("meter", { name: say(`voice-${key}`), exact: true });
      const rises = async (key: string) => {
        await expect.poll(() => meter(key).evaluate((each) => (each as HTMLMeterElement).value)).toBeGreaterThan(20);
      };
      await arrives(isTone, mine, theirs, () => rises("heard"));
      await arrives(isTone, theirs, mine, () => rises("said"));
      const list = theirPage.getByRole("combobox", { name: say("voice-microphone"), exact: true });
      await list.selectOption({ label: "Microphone" });
      await arrives(isTone, theirs, mine);
      await judge(theirPage, "join-voice", at.language);
      await theirPage.setViewportSize({ width: 360, height: 740 });
      await judge(theirPage, "join-voice-narrow", at.language);
      await theirPage.setViewportSize({ width: 1280, height: 800 });
    });
    await test.step("mute gives silence, each side's own", async () => {
      await customer.press(say("voice-mute"));
      await expect(says("customer-muted")).toBeVisible();
      await expect(sign).toHaveCount(0);
      await arrives(isSilence, theirs, mine);
      await customer.press(say("voice-unmute"));
      await button("mute").click();
      await expect(theirPage.getByText(say("voice-operator-muted"))).toBeVisible();
      await arrives(isSilence, mine, theirs);
      await button("unmute").click();
      await arrives(isTone, mine, theirs);
    });
    await test.step("F-13: both voices are recorded as they came, beside the page's video", async () => {
      const stop = page.getByRole("button", { name: new RegExp(text(at.language, "console-recording-stop")) });
      await operator.openTool("screen-recording");
      await expect(stop).toBeVisible();
      await arrives(isTone, mine, theirs);
      await arrives(isTone, theirs, mine);
      await stop.click();
      await expect.poll(async () => (await at.lines("recording-kept")).length, { timeout: 20_000 }).toBe(1);
      const manage = await signedIn(browser, at.server, at.company, at.language);
      const { id } = await at.newestRecord();
      await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
      const save = manage.getByRole("link", { name: text(at.language, "manage-recording-save"), exact: true });
      const [download] = await Promise.all([manage.waitForEvent("download"), save.click()]);
      const packets = packetsIn(await readFile(await download.path()));
      expect(Math.min(packets.operator, packets.customer)).toBeGreaterThan(50);
      await manage.context().close();
    });
    await test.step("a pause closes the customer's microphone, and it opens again after it", async () => {
      await customer.press(say("pause"));
      await expect(says("held")).toBeVisible();
      await expect.poll(() => theirs.listeners()).toBe(0);
      await arrives(isSilence, mine, theirs);
      await customer.press(say("resume"));
      await arrives(isTone, theirs, mine);
    });
    await test.step("X-10: the right taken back ends it, and the operator asks for it again", async () => {
      const allow = theirPage.getByRole("switch", { name: say("talk-allow"), exact: true });
      await allow.uncheck();
      await expect(says("forbidden")).toBeVisible();
      await expect.poll(() => theirs.listeners()).toBe(0);
      await expect(theirPage.getByText(say("voice-on"))).toHaveCount(0);
      await page.getByRole("button", { name: text(at.language, "console-right-ask"), exact: true }).click();
      await page.getByRole("menuitem", { name: text(at.language, "console-right-talk"), exact: true }).click();
      await customer.press(say("ask-allow"));
      await expect(allow).toBeChecked();
      await arrives(isTone, theirs, mine);
      await customer.press(say("voice-end"));
      await expect(says("ended")).toBeVisible();
      await expect.poll(() => theirs.listeners()).toBe(0);
    });
    const wanted = ["started", "customer-muted", "customer-unmuted", "operator-muted", "operator-unmuted", "ended", "started", "ended-by-customer"];
    const kinds = async () => (await at.newestRecord()).timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith("voice-"));
    await expect.poll(kinds).toEqual(wanted.map((each) => `voice-${each}`));
    await customer.close();
  } finally {
    await at.stop();
    await Promise.all([browser.close(), other.close()]);
    await Promise.all([mine.stop(), theirs.stop()]);
  }
});
