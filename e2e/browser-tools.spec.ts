// 상담원 초대 [F-18, S-10], 상담원 화면 전송 [F-09] and 부분공유 [F-01] with a customer in a browser.
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { CustomerBrowser } from "./parts/customer-browser.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { askPartMessage, keepChannels, operatorScreenMessage, rightMessage, sendOn, voiceMessage, watchConnections } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { button, invite, NAME, secondLines, secondOperator } from "./parts/second.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** Pictures that a video of this page has shown. */
const framesOf = (video: Locator) => video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);

async function shares(browser: Browser, at: Case): Promise<CustomerPage> {
  const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
  await customer.connect();
  await customer.agree();
  await expect(at.operator.page.locator("video:visible")).toBeVisible();
  return customer;
}

test("F-18 allowed, S-10 on, S-10 off: another operator sees a page once its customer agrees, reads the chat, and the session is handed over", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { language: "ko", prepare: ({ page }) => keepChannels(page) });
  const say = (key: string, given?: Record<string, string>) => text(at.language, `join-${key}`, given);
  try {
    const { second, account } = await secondOperator(at, browser);
    const customer = await shares(browser, at);
    const { page } = customer;
    const video = second.page.locator("video:visible");
    await invite(at, "view", "프린터를 함께 봐 주세요");
    await button(at, second.page, "console-second-accept").click();
    await expect(page.getByText(say("ask-second-view"))).toBeVisible();
    await judge(page, "join-asks-second", at.language);
    await expect(video).toHaveCount(0);
    await customer.press(say("ask-refuse"));
    await expect(at.operator.page.getByText(text(at.language, "console-second-is-refused", { name: NAME }))).toBeVisible();
    await expect(video).toHaveCount(0);

    await invite(at, "view");
    await button(at, second.page, "console-second-accept").click();
    await customer.press(say("ask-allow"));
    await expect(video).toBeVisible();
    await expect.poll(() => framesOf(video)).toBeGreaterThan(0);
    await expect(page.getByText(say("second-there", { name: NAME }))).toBeVisible();
    // A page is controlled by nobody, and both consoles say so.
    for (const each of [at.operator.page, second.page])
      await expect(each.getByText(text(at.language, "console-second-holder-nobody")).filter({ visible: true })).toBeVisible();
    await judge(page, "join-second", at.language);

    const write = async (of: Page, words: string) => {
      await of.getByRole("textbox", { name: text(at.language, "console-chat-message"), exact: true }).fill(words);
      await of.getByRole("button", { name: text(at.language, "console-chat-send"), exact: true }).click();
    };
    await write(second.page, "두 번째가 씁니다");
    await expect(page.getByText("두 번째가 씁니다")).toBeVisible();
    await expect(page.getByText(NAME, { exact: true })).toBeVisible();
    await expect(at.operator.page.getByText("두 번째가 씁니다")).toBeVisible();
    await write(at.operator.page, "첫 번째가 씁니다");
    await expect(second.page.getByText("첫 번째가 씁니다")).toBeVisible();

    // In a pause neither sees anything; taken back, the second one is gone.
    await customer.press(say("pause"));
    await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).srcObject === null)).toBe(true);
    await customer.press(say("resume"));
    await expect.poll(() => framesOf(video)).toBeGreaterThan(0);
    await customer.press(say("second-away"));
    await expect(second.page.getByText(text(at.language, "console-end-second-over"))).toBeVisible();
    await expect(at.operator.page.locator("video:visible")).toBeVisible();

    await invite(at, "hand_over");
    await button(at, second.page, "console-second-accept").click();
    await expect(page.getByText(say("ask-second-hand-over"))).toBeVisible();
    await customer.press(say("ask-allow"));
    await expect(at.operator.page.getByText(text(at.language, "console-end-handed-over")).filter({ visible: true })).toBeVisible();
    await expect(video).toBeVisible();
    await expect(page.getByText(NAME).first()).toBeVisible();
    await write(second.page, "이제 제가 돕겠습니다");
    await expect(page.getByText("이제 제가 돕겠습니다")).toBeVisible();
    const { records } = await at.company.manage.get<{ records: { operator_login: string }[] }>("/api/manage/records?page=1&page_size=20");
    expect(records.map((record) => record.operator_login)).toEqual([account.login]);
    const steps = ["invited", "accepted", "refused", "invited", "accepted", "allowed", "joined", "removed", "invited", "accepted", "allowed"];
    expect(await secondLines(at)).toEqual([...steps.map((each) => `second-${each}`), "handed-over"]);
    await customer.press(say("stop"));
    await customer.close();

    await test.step("S-10 off: nobody is asked, and the customer is told", async () => {
      const options = [{ key: "consent_before_invite", value: false }];
      await at.company.manage.put(`/api/manage/departments/${at.company.departmentId}/options`, { options });
      await second.list();
      await at.operator.list();
      const told = await shares(browser, at);
      await invite(at, "view");
      await button(at, second.page, "console-second-accept").click();
      await expect(video).toBeVisible();
      await expect(told.page.getByText(say("second-there", { name: NAME }))).toBeVisible();
      expect(await secondLines(at)).toEqual(["second-invited", "second-accepted", "second-told", "second-joined"]);
      await told.close();
    });
  } finally {
    await at.stop();
  }
});

const GREEN = "#10a040";

/** In the place of the operator's own screen, which no browser of the tests has: a green picture that goes on. */
function greenScreen(): void {
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 800 });
    const pen = canvas.getContext("2d");
    const paint = () => {
      if (pen === null) return;
      pen.fillStyle = "#10a040";
      pen.fillRect(0, 0, 1280, 800);
    };
    paint();
    setInterval(paint, 200);
    return canvas.captureStream(5);
  };
}

/** Whether a video shows this colour in its middle, nearly: it comes as video. */
async function shows(video: Locator, colour: string): Promise<boolean> {
  if ((await video.count()) === 0) return false;
  const seen = await video.evaluate((element) => {
    const canvas = new OffscreenCanvas(1, 1);
    const pen = canvas.getContext("2d");
    const { videoWidth, videoHeight } = element as HTMLVideoElement;
    pen?.drawImage(element as HTMLVideoElement, videoWidth / 2, videoHeight / 2, 1, 1, 0, 0, 1, 1);
    return [...(pen?.getImageData(0, 0, 1, 1).data ?? [])];
  });
  return [1, 3, 5].every((at, index) => Math.abs((seen[index] ?? -99) - Number.parseInt(colour.slice(at, at + 2), 16)) < 24);
}

test("F-01 F-09 allowed: a customer in a browser shares a window, another in its place, and sees the operator's screen, by a press each", { tag: "@browser" }, async ({ browser }) => {
  const prepare = async ({ page }: { page: Page }) => {
    await keepChannels(page);
    await page.addInitScript(greenScreen);
  };
  const at = await Case.start(browser, { prepare });
  const say = (key: string) => text(at.language, `join-${key}`);
  let customer: CustomerBrowser | undefined;
  try {
    const { page } = at.operator;
    const title = ["--title", "Of the customer"];
    const first = await Target.start(at.desktop, "320x240+20+540", title);
    customer = await CustomerBrowser.share(at, "Of the customer");
    const theirs = customer.page;
    const press = (key: string) => theirs.getByRole("button", { name: say(key), exact: true }).last().click();
    await test.step("F-01: what the browser's own dialog gave is seen, and something else once the customer changes it", async () => {
      const video = page.locator("video:visible");
      await expect.poll(() => shows(video, first.colour), { timeout: 30_000 }).toBe(true);
      await expect(page.getByTitle(text(at.language, "console-part-shared-means"))).toBeVisible();
      expect(await sendOn(page, "control", askPartMessage(2))).toBe(true);
      await expect(theirs.getByText(say("part-asked"))).toBeVisible();
      // Of two windows of that title the browser takes the one on top.
      const second = await Target.start(at.desktop, "320x240+400+540", [...title, "--colours", "2b8a3e,c92a2a"]);
      expect(second.colour).not.toBe(first.colour);
      await press("part-change");
      await expect(theirs.getByText(say("part-asked"))).toHaveCount(0);
      await expect.poll(() => shows(video, second.colour), { timeout: 30_000 }).toBe(true);
      await expect.poll(async () => (await at.lines("part-shared")).length).toBe(1);
    });
    const says = (key: string) => at.operator.says(`console-operator-screen-${key}`);
    const shown = theirs.locator("video");
    const asks = async () => {
      await page.keyboard.press("Control+Alt+h");
      await expect(says("asked")).toBeVisible();
    };
    await test.step("F-09: nothing is seen of the operator's screen before the customer's press, nor when they do not want to", async () => {
      await asks();
      await expect(theirs.getByText(say("ask-operator-screen-means"))).toBeVisible();
      await expect(shown).toHaveCount(0);
      await press("ask-refuse");
      await expect(says("declined")).toBeVisible();
      await asks();
      await press("ask-allow");
      await expect(says("on")).toBeVisible();
      await expect.poll(() => shows(shown, GREEN), { timeout: 30_000 }).toBe(true);
      await judge(theirs, "join-operator-screen", at.language);
    });
    await test.step("a pause hides it, and either side ends it", async () => {
      await press("pause");
      await expect(says("held")).toBeVisible();
      await expect(shown).toHaveCount(0);
      await press("resume");
      await expect.poll(() => shows(shown, GREEN), { timeout: 30_000 }).toBe(true);
      await press("operator-screen-stop");
      await expect(says("ended")).toBeVisible();
      await expect(shown).toHaveCount(0);
      await asks();
      await press("ask-allow");
      await expect(shown).toBeVisible();
      await button(at, page, "console-operator-screen-stop").click();
      await expect(shown).toHaveCount(0);
    });
    const kinds = ["started", "ended-by-customer", "started", "ended-by-operator"].map((each) => `operator-screen-${each}`);
    const told = async () => (await at.newestRecord()).timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith("operator-screen-"));
    await expect.poll(told).toEqual(kinds);
  } finally {
    await customer?.close();
    await at.stop();
  }
});

test("F-01 F-09 F-14 F-18 forbidden: a page's customer is offered none of it, and whatever a hand-made console asks is refused", { tag: "@browser" }, async ({ browser }) => {
  const options = { partial_share: false, operator_screen_share: false, voice_chat: false, invite_operator: false };
  const prepare = async ({ page }: { page: Page }) => {
    await keepChannels(page);
    await watchConnections(page);
  };
  const at = await Case.start(browser, { options, prepare });
  const say = (key: string) => text(at.language, `join-${key}`);
  try {
    const { page } = at.operator;
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    // Whoever asks for the microphone is counted.
    await customer.page.evaluate(() => {
      const counted = { asked: 0 };
      Object.assign(window, { counted });
      navigator.mediaDevices.getUserMedia = async () => {
        counted.asked += 1;
        throw new DOMException("no", "NotAllowedError");
      };
    });
    await customer.connect();
    await expect(customer.page.getByText(say("right-view"))).toBeVisible();
    for (const key of ["right-talk", "right-operator-screen", "right-invite"]) await expect(customer.page.getByText(say(key))).toHaveCount(0);
    await customer.agree();
    await expect(page.locator("video:visible")).toBeVisible();
    for (const key of ["console-voice", "console-second-invite"]) await expect(button(at, page, key)).toHaveCount(0);
    for (const key of ["talk-allow", "operator-screen-allow", "invite-allow"])
      await expect(customer.page.getByRole("switch", { name: say(key), exact: true })).toHaveCount(0);
    // The page took neither line, and nothing can be put on them any more.
    const answered = await page.evaluate(() => {
      const { watchedConnections } = window as unknown as { watchedConnections: RTCPeerConnection[] };
      const connection = watchedConnections.findLast((each) => each.connectionState === "connected");
      const directions = connection?.getTransceivers().map(({ receiver, currentDirection }) => [receiver.track.kind, currentDirection]);
      return directions ?? [];
    });
    expect(answered).toEqual([
      ["video", "recvonly"],
      ["audio", "inactive"],
      ["video", "inactive"],
    ]);
    const talk = 11;
    const [invites, screen] = [13, 17];
    const wishes: [number[], string][] = [
      [voiceMessage(true), "voice-forbidden"],
      [operatorScreenMessage(true), "operator-screen-forbidden"],
      [askPartMessage(2), "part-ask-forbidden"],
      [rightMessage(901, talk), "right-forbidden"],
      [rightMessage(902, invites), "right-forbidden"],
      [rightMessage(903, screen), "right-forbidden"],
    ];
    for (const [message, what] of wishes) {
      expect(await sendOn(page, "control", message)).toBe(true);
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain(what);
    }
    await expect(button(at, customer.page, "join-ask-allow")).toHaveCount(0);
    await expect(customer.page.locator("video")).toHaveCount(0);
    expect(await customer.page.evaluate(() => (window as unknown as { counted: { asked: number } }).counted.asked)).toBe(0);
    const { id } = await secondOperator(at, browser);
    const refused = await page.evaluate(async (operator) => {
      const me = (await (await fetch("/api/console/me")).json()) as { csrf_token: string };
      const { sessions } = (await (await fetch("/api/console/sessions")).json()) as { sessions: { id: string }[] };
      const headers = { "Content-Type": "application/json", "X-Beside-CSRF": me.csrf_token };
      const body = JSON.stringify({ operator, role: "view", reason: "" });
      return (await fetch(`/api/console/sessions/${sessions[0]?.id}/second`, { method: "POST", headers, body })).status;
    }, id);
    expect(refused).toBe(403);
    expect(await secondLines(at)).toEqual([]);
    await customer.close();
  } finally {
    await at.stop();
  }
});
