// 음성 채팅 [F-14]: a real tone through real sound servers each way, only after the customer's press; and one voice at a time.
import { readFile } from "node:fs/promises";
import { chromium, expect, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import { Desktop } from "./parts/desktop.ts";
import { keepChannels, sendOn, voiceMessage, watchConnections } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { packetsIn } from "./parts/recorded.ts";
import { arrives, isSilence, isTone, nobody, Sound } from "./parts/sound.ts";
import { text } from "./parts/translations.ts";

function voice(at: Case) {
  const { page } = at.operator;
  const button = (key: string) =>
    page.getByRole("button", { name: text(at.language, `console-voice${key}`), exact: true }).filter({ visible: true });
  return { toggle: button(""), button: (key: string) => button(`-${key}`), says: (key: string) => at.operator.says(`console-voice-${key}`) };
}

test("F-14 allowed: a tone arrives each way, mute gives silence, and one session has the voice", { tag: "@alone" }, async () => {
  test.setTimeout(300_000);
  const [mine, theirs] = await Promise.all([Sound.start(), Sound.start()]);
  const env = { ...process.env, ...mine.env } as Record<string, string>;
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: chromiumArguments,
    ignoreDefaultArgs: ["--mute-audio"],
    env,
  });
  const at = await Case.start(browser, { language: "ko" });
  const second = await Desktop.start();
  const say = (key: string) => text(at.language, `customer-${key}`);
  try {
    const { operator } = at;
    const { page } = operator;
    await operator.context.grantPermissions(["microphone"]);
    Object.assign(at.desktop.env, theirs.env);
    const app = await at.join();
    const { toggle, button, says } = voice(at);
    await test.step("nothing is heard before the customer's press, and no microphone of theirs is open", async () => {
      await page.keyboard.press("Control+Alt+t");
      await expect(says("asked")).toBeVisible();
      await app.find("text", say("ask-talk-means-recorded"));
      expect(await theirs.listeners()).toBe(0);
      await arrives(isSilence, mine, theirs);
      await arrives(isSilence, theirs, mine);
      await app.answer(say("ask-refuse"), says("declined"));
      await toggle.click();
      await app.answer(say("ask-allow"), says("on"));
    });
    await test.step("the tone arrives each way, and both meters show it", async () => {
      const meter = (key: string) => page.getByRole("meter", { name: text(at.language, `console-voice-${key}`), exact: true });
      const rises = async (key: string) => {
        await expect.poll(async () => Number(await meter(key).getAttribute("value"))).toBeGreaterThan(20);
      };
      await arrives(isTone, mine, theirs, () => rises("said"));
      await arrives(isTone, theirs, mine, () => rises("heard"));
      await app.find("text", say("voice-on"));
      expect(await theirs.listeners()).toBe(1);
      await judge(page, "console-voice", at.language);
      await button("devices").click();
      await expect(page.getByRole("menuitemradio", { name: "Microphone", exact: true })).toBeVisible();
      await page.getByRole("menuitemradio", { name: "Speaker", exact: true }).click();
      await page.keyboard.press("Escape");
      await arrives(isTone, theirs, mine);
    });
    await test.step("mute gives silence, each side's own", async () => {
      await button("mute").click();
      await app.find("text", say("voice-operator-muted"));
      await arrives(isSilence, mine, theirs);
      await arrives(isTone, theirs, mine);
      await button("unmute").click();
      await arrives(isTone, mine, theirs);
      await app.press("button", say("voice-mute"));
      await expect(says("customer-muted")).toBeVisible();
      await arrives(isSilence, theirs, mine);
      await app.press("button", say("voice-unmute"));
      await arrives(isTone, theirs, mine);
    });
    await test.step("F-13: both voices are recorded as they came, and heard when the recording is played", async () => {
      const sign = page.getByRole("button", { name: new RegExp(text(at.language, "console-recording-stop")) });
      await operator.openTool("screen-recording");
      await expect(sign).toBeVisible();
      await arrives(isTone, mine, theirs);
      await arrives(isTone, theirs, mine);
      await sign.click();
      await expect.poll(async () => (await at.lines("recording-kept")).length, { timeout: 20_000 }).toBe(1);
      const manage = await signedIn(browser, at.server, at.company, at.language);
      const { id } = await at.newestRecord();
      await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
      const [download] = await Promise.all([
        manage.waitForEvent("download"),
        manage.getByRole("link", { name: text(at.language, "manage-recording-save"), exact: true }).click(),
      ]);
      const packets = packetsIn(await readFile(await download.path()));
      expect(Math.min(packets.operator, packets.customer)).toBeGreaterThan(50);
      const control = (key: string) => manage.getByRole("button", { name: text(at.language, `manage-recording-${key}`), exact: true });
      await manage.getByRole("button", { name: text(at.language, "manage-recording-play", { no: "1" }), exact: true }).click();
      await control("start").click();
      await arrives(isTone, nobody, mine);
      await control("mute").click();
      await arrives(isSilence, nobody, mine);
      await manage.context().close();
    });
    await test.step("a pause closes the customer's microphone, and it opens again after it", async () => {
      await app.press("button", say("pause"));
      await expect(says("held")).toBeVisible();
      await expect.poll(() => theirs.listeners()).toBe(0);
      await arrives(isSilence, mine, theirs);
      await arrives(isSilence, theirs, mine);
      await app.press("button", say("resume"));
      await arrives(isTone, theirs, mine);
    });
    await test.step("X-6: a second session takes the voice, on a machine without sound, and both say so", async () => {
      await operator.list();
      const code = await operator.newSession();
      const other = await App.prepared(second, at.server, { language: at.language, code });
      await other.press("button", operator.say.next);
      await other.press("button", operator.say.agree);
      await other.find("button", operator.say.stop);
      await expect(operator.exactSign.filter({ visible: true })).toBeVisible();
      await toggle.click();
      await other.answer(say("ask-allow"), says("customer-no-sound"));
      await other.find("text", say("voice-no-sound"));
      await arrives(isSilence, mine, theirs);
      await arrives(isSilence, theirs, mine);
      await expect(page.getByTitle(text(at.language, "console-voice-tab-silent"))).toHaveCount(1);
      await expect(page.getByTitle(text(at.language, "console-voice-tab-talks"))).toHaveCount(1);
      await page.getByRole("navigation", { name: text(at.language, "console-tabs"), exact: true }).getByRole("button").nth(1).click();
      await expect(says("aside")).toBeVisible();
      await button("here").click();
      await arrives(isTone, mine, theirs);
      await expect(page.getByTitle(text(at.language, "console-voice-tab-silent"))).toHaveCount(1);
      await other.press("button", operator.say.stop);
      await other.program.stop();
    });
    await test.step("either side ends it, and the record tells all of it", async () => {
      await app.press("switch", say("voice-end"));
      await expect(says("ended")).toBeVisible();
      await expect.poll(() => theirs.listeners()).toBe(0);
      await arrives(isSilence, mine, theirs);
      const records = await at.company.manage.get<{ records: { id: string }[] }>("/api/manage/records?page=1&page_size=20");
      const first = records.records.at(-1)?.id ?? "";
      const wanted = ["started", "operator-muted", "operator-unmuted", "customer-muted", "customer-unmuted", "operator-muted", "operator-unmuted"];
      await expect
        .poll(async () => (await at.record(first)).timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith("voice-")))
        .toEqual([...wanted, "ended-by-customer"].map((each) => `voice-${each}`));
    });
    await at.leave(app);
  } finally {
    await at.stop();
    await second.stop();
    await browser.close();
    await Promise.all([mine.stop(), theirs.stop()]);
  }
});

test("F-14 forbidden: nothing is offered, and the app refuses a hand-made request and a line of audio", async ({ browser }) => {
  const prepare = async ({ page }: { page: Parameters<typeof keepChannels>[0] }) => {
    await keepChannels(page);
    await watchConnections(page);
  };
  const at = await Case.start(browser, { options: { voice_chat: false }, prepare });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    expect(await app.shows("text", text(at.language, "customer-may-talk"))).toBe(false);
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page } = at.operator;
    await expect(voice(at).toggle).toHaveCount(0);
    // The console offers a line of audio to every app. This one refused it, and nothing can be put on it any more.
    const lines = await page.evaluate(() => {
      const { watchedConnections } = window as unknown as { watchedConnections: RTCPeerConnection[] };
      const connection = watchedConnections.findLast((each) => each.connectionState === "connected");
      const audio = (description: RTCSessionDescription | null | undefined) => /^m=audio \d+/m.exec(description?.sdp ?? "")?.[0];
      const left = connection?.getTransceivers().filter(({ receiver }) => receiver.track.kind === "audio").length;
      return { offered: audio(connection?.localDescription), answered: audio(connection?.remoteDescription), left };
    });
    expect(lines).toEqual({ offered: expect.stringMatching(/^m=audio /) as unknown, answered: "m=audio 0", left: 0 });
    await expect.poll(() => sendOn(page, "control", voiceMessage(true))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("voice-forbidden");
    expect(await app.shows("text", text(at.language, "customer-ask-talk-means-recorded"))).toBe(false);
    expect((await at.newestRecord()).timeline.filter(({ kind }) => kind.startsWith("voice-"))).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
