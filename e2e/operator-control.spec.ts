// 상담원 화면 제어 [F-15]: the customer sees and controls a real computer of the operator's, by their own press and the operator's consent, and never otherwise.
import { expect, type Page, test } from "@playwright/test";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { CustomerBrowser } from "./parts/customer-browser.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { Desktop } from "./parts/desktop.ts";
import { keepChannels, rightMessage, sendOn } from "./parts/hand-made.ts";
import { labels } from "./parts/labels.ts";
import { contextOf, judge } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
import { Screens } from "./parts/screens.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** Where the page shows a pixel of the computer that it shows. */
async function place(page: Page, { x, y }: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const canvas = page.locator("canvas:visible").first();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error("the page shows no picture");
  const size = await canvas.evaluate((shown) => ({ width: (shown as HTMLCanvasElement).width, height: (shown as HTMLCanvasElement).height }));
  return { x: box.x + ((x + 0.5) * box.width) / size.width, y: box.y + ((y + 0.5) * box.height) / size.height };
}

/** What is pressed on the viewer's page reaches the operator's computer. */
async function clickArrives(viewer: Page, target: Target): Promise<void> {
  await expect(async () => {
    const lines = target.lineCount;
    const { x, y } = await place(viewer, target.middle);
    await viewer.mouse.click(x, y);
    expect(await target.nextColour(lines)).toMatch(/^#/);
  }).toPass({ timeout: 30_000 });
}

/** What a console that minds no rules gets for the wish: under its own sign-in, by the contract alone. */
async function wishes(at: Case): Promise<[number, string]> {
  const { request } = at.operator.context;
  const me = (await (await request.get(`${at.server.url}/api/console/me`)).json()) as { csrf_token: string };
  const headers = { Origin: at.server.url, "X-Beside-CSRF": me.csrf_token };
  const { sessions } = (await (await request.get(`${at.server.url}/api/console/sessions`)).json()) as { sessions: { id: string }[] };
  const wished = await request.post(`${at.server.url}/api/console/sessions/${sessions[0]?.id}/reversed`, { headers });
  return [wished.status(), wished.ok() ? "" : ((await wished.json()) as { code: string }).code];
}

/** Lines of the record about it. */
async function controlLines(at: Case): Promise<string[]> {
  return (await at.newestRecord()).timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith("operator-control-"));
}

test("F-15 allowed: the customer controls the operator's computer from both sides' consent to either side's Stop", { tag: "@app" }, async ({ browser }) => {
  test.setTimeout(240_000);
  const at = await Case.start(browser, { language: "ko" });
  const mine = await Desktop.start();
  const seeing = await browser.newContext(contextOf("ko"));
  const viewer = await seeing.newPage();
  const say = (key: string) => text(at.language, `customer-${key}`);
  const { stop, agree } = labels[at.language];
  const screens = new Screens();
  try {
    const visited = await installOpener(at.desktop);
    const target = await Target.start(mine, "320x240+20+540");
    const { page } = at.operator;
    const says = (key: string) => at.operator.says(`console-operator-control-${key}`);
    const sees = (key: string) => viewer.getByText(text(at.language, `viewer-${key}`), { exact: true });
    const app = await at.join();
    /** Wished, allowed, and with the app on the operator's computer. */
    const begin = async (): Promise<App> => {
      const before = (await visited()).length;
      await page.keyboard.press("Control+Alt+j");
      await app.answer(say("ask-allow"), says("start"));
      await expect.poll(async () => (await visited()).length).toBe(before + 1);
      return at.ownApp(mine);
    };
    await test.step("no page opens before the customer's press, nor when they do not want to", async () => {
      await page.keyboard.press("Control+Alt+j");
      await expect(says("asked")).toBeVisible();
      await app.find("text", say("ask-operator-control-means"));
      await at.desktop.screenshot(screens.path("app-operator-control-asked", at.language, "light"));
      await app.answer(say("ask-refuse"), says("refused"));
      expect(await visited()).toEqual([]);
    });
    const own = await test.step("the link opens once, and the operator's own app asks the operator before anything is seen", async () => {
      const begun = await begin();
      const [link = ""] = await visited();
      expect(link).toMatch(/\/viewer#[0-9a-f]{64}$/);
      await begun.find("text", say("reversed-waiting-title"));
      await viewer.goto(link);
      await expect(sees("waiting-title")).toBeVisible();
      expect(viewer.url()).not.toContain("#");
      await judge(viewer, "viewer-waiting", at.language);
      const other = await seeing.newPage();
      await other.goto(link);
      await expect(other.getByText(text(at.language, "viewer-dead-title"), { exact: true })).toBeVisible();
      await other.close();
      await begun.find("text", say("reversed-question-title"));
      await judge(page, "console-operator-control", at.language);
      await mine.screenshot(screens.path("app-reversed-question", at.language, "light"));
      await begun.press("button", agree);
      await begun.find("button", stop);
      return begun;
    });
    await test.step("what the customer presses arrives on the operator's computer", async () => {
      await expect(sees("controls")).toBeVisible({ timeout: 20_000 });
      await expect(says("active")).toBeVisible();
      await clickArrives(viewer, target);
      await judge(viewer, "viewer", at.language);
      await mine.screenshot(screens.path("app-reversed", at.language, "light"));
      // A reload of the page goes on with what the server gave it.
      await viewer.reload();
      await expect(sees("controls")).toBeVisible({ timeout: 20_000 });
    });
    await test.step("Stop on the operator's own computer ends it there and on the page", async () => {
      await own.press("button", stop);
      await expect(sees("ended-title")).toBeVisible();
      await expect(says("ended")).toBeVisible();
      await own.program.stop();
    });
    await test.step("and so does Stop on the customer's page", async () => {
      const again = await begin();
      await viewer.goto((await visited()).at(-1) ?? "");
      await again.press("button", agree);
      await expect(sees("controls")).toBeVisible({ timeout: 20_000 });
      await viewer.getByRole("button", { name: text(at.language, "viewer-stop"), exact: true }).click();
      await expect(sees("ended-title")).toBeVisible();
      await again.find("text", say("reversed-ended"));
    });
    await test.step("the record of the one session tells it, and there is no other record", async () => {
      const kinds = ["started", "ended-by-operator", "started", "ended-by-customer"].map((each) => `operator-control-${each}`);
      await expect.poll(() => controlLines(at)).toEqual(kinds);
      const list = await at.company.manage.get<{ records: unknown[] }>("/api/manage/records?page=1&page_size=20");
      expect(list.records).toHaveLength(1);
    });
    await at.leave(app);
  } finally {
    await seeing.close();
    await at.stop();
    await mine.stop();
  }
});

test("F-15 forbidden: nothing is offered, a hand-made console asks nobody, and the server makes nothing", { tag: "@app" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { operator_screen_control: false }, prepare: async ({ page }) => keepChannels(page) });
  try {
    const visited = await installOpener(at.desktop);
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    expect(await app.shows("text", text(at.language, "customer-may-control-operator"))).toBe(false);
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page, context } = at.operator;
    await page.keyboard.press("Control+Alt+j");
    await expect(at.operator.says("console-operator-control-asked")).toHaveCount(0);
    expect(await wishes(at)).toEqual([403, "operator-control-forbidden"]);
    // And for the right, at the app itself.
    await expect.poll(() => sendOn(page, "control", rightMessage(1, 18))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("right-forbidden");
    expect(await app.shows("text", text(at.language, "customer-ask-operator-control-means"))).toBe(false);
    expect(await visited()).toEqual([]);
    // A ticket that the server did not make opens nothing.
    const guess = await context.newPage();
    await guess.goto(`${at.server.url}/viewer#${"0".repeat(64)}`);
    await expect(guess.getByText(text(at.language, "viewer-dead-title"), { exact: true })).toBeVisible();
    expect(await controlLines(at)).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-15 allowed: a customer in a browser controls the operator's computer in another tab, by a press each, until either side's Stop", { tag: "@browser" }, async ({ browser }) => {
  test.setTimeout(240_000);
  const at = await Case.start(browser);
  const mine = await Desktop.start();
  const { stop, agree } = labels[at.language];
  const say = (key: string) => text(at.language, `join-${key}`);
  let customer: CustomerBrowser | undefined;
  try {
    const target = await Target.start(mine, "320x240+20+540");
    const { page } = at.operator;
    const says = (key: string) => at.operator.says(`console-operator-control-${key}`);
    customer = await CustomerBrowser.share(at);
    const theirs = customer.page;
    const named = (key: string) => theirs.getByRole("button", { name: say(key), exact: true });
    const open = named("operator-control-open");
    /** What was not there a moment ago takes no press, and a person presses again. */
    const opened = async (): Promise<Page> => {
      const opens = theirs.context().waitForEvent("page");
      await expect(async () => {
        if (await open.isVisible()) await open.click();
        await expect(open).toHaveCount(0, { timeout: 500 });
      }).toPass({ timeout: 20_000 });
      return opens;
    };
    const card = theirs.getByText(say("operator-control-opened"), { exact: true });
    const wish = () => page.keyboard.press("Control+Alt+j");
    /** Wished, allowed and opened, with the app on the operator's computer. */
    const begin = async (): Promise<{ viewer: Page; own: App }> => {
      await wish();
      await named("ask-allow").click();
      await expect(says("start")).toBeVisible();
      const viewer = await opened();
      return { viewer, own: await at.ownApp(mine) };
    };
    const sees = (viewer: Page, key: string) => viewer.getByText(text(at.language, `viewer-${key}`), { exact: true });
    await test.step("nothing opens before the customer's press, nor when they do not want to, nor in a pause", async () => {
      await wish();
      await expect(theirs.getByText(say("ask-operator-control-means"))).toBeVisible();
      await expect(says("asked")).toBeVisible();
      await judge(theirs, "join-asks-operator-control", at.language);
      await named("ask-refuse").click();
      await expect(says("refused")).toBeVisible();
      await named("pause").click();
      // The console's own tool is away in a pause.
      expect((await wishes(at))[0]).toBe(204);
      await expect.poll(async () => (await at.refusals()).join()).toContain("operator-control-paused");
      await expect(theirs.getByText(say("ask-operator-control-means"))).toHaveCount(0);
      await named("resume").click();
      await expect(open).toHaveCount(0);
      expect(theirs.context().pages()).toHaveLength(1);
    });
    const { viewer, own } = await test.step("a press opens the tab, once, and the operator's own app asks the operator before anything is seen", async () => {
      await wish();
      await named("ask-allow").click();
      await expect(open).toBeVisible();
      await judge(theirs, "join-operator-control-ready", at.language);
      // The picture that the operator sees has no address that could be read and typed.
      expect(await theirs.content()).not.toMatch(/viewer#/);
      await theirs.evaluate(() => {
        const opens = window.open.bind(window);
        window.open = (url, ...rest) => {
          Object.assign(window, { openedAddress: url });
          return opens(url, ...rest);
        };
      });
      const tab = await opened();
      await expect(sees(tab, "waiting-title")).toBeVisible();
      expect(tab.url()).toBe(`${at.server.url}/viewer`);
      const address = await theirs.evaluate(() => (window as unknown as { openedAddress: string }).openedAddress);
      expect(address).toMatch(/^\/viewer#[0-9a-f]{64}$/);
      // The new tab knows nothing of the page that opened it, nor of what that keeps.
      expect(await tab.evaluate(() => [window.opener, sessionStorage.getItem("beside-join")])).toEqual([null, null]);
      await expect(card).toBeVisible();
      await expect(open).toHaveCount(0);
      const other = await theirs.context().newPage();
      await other.goto(`${at.server.url}${address}`);
      await expect(sees(other, "dead-title")).toBeVisible();
      await other.close();
      const begun = await at.ownApp(mine);
      await begun.find("text", text(at.language, "customer-reversed-question-title"));
      await begun.press("button", agree);
      return { viewer: tab, own: begun };
    });
    await test.step("what they press arrives there, while the page beside it goes on", async () => {
      await viewer.bringToFront();
      await expect(sees(viewer, "controls")).toBeVisible({ timeout: 20_000 });
      await expect(says("active")).toBeVisible();
      await clickArrives(viewer, target);
      await judge(viewer, "viewer-of-page", at.language);
      await viewer.reload();
      await expect(sees(viewer, "controls")).toBeVisible({ timeout: 20_000 });
      await theirs.bringToFront();
      await judge(theirs, "join-operator-control", at.language);
      await page.getByRole("textbox", { name: text(at.language, "console-chat-message"), exact: true }).fill("Can you see my PC?");
      await page.getByRole("button", { name: text(at.language, "console-chat-send"), exact: true }).click();
      await expect(theirs.getByText("Can you see my PC?")).toBeVisible();
    });
    await test.step("Stop in the tab ends it on the operator's computer and on the page", async () => {
      await viewer.getByRole("button", { name: text(at.language, "viewer-stop"), exact: true }).click();
      await expect(sees(viewer, "ended-title")).toBeVisible();
      await expect(says("ended")).toBeVisible();
      await expect(card).toHaveCount(0);
      await own.find("text", text(at.language, "customer-reversed-ended"));
      await own.program.stop();
      await viewer.close();
    });
    await test.step("and so do the page's own button, the right taken back, and Stop on the operator's computer", async () => {
      const ends: [kind: string, end: (own: App) => Promise<void>][] = [
        ["ended-by-customer", () => named("operator-control-end").click()],
        ["ended-by-operator", (app) => app.press("button", stop)],
        ["ended", () => theirs.getByRole("switch", { name: say("operator-control-allow"), exact: true }).click()],
      ];
      const kinds = ["started", "ended-by-customer"];
      for (const [kind, end] of ends) {
        const again = await begin();
        await again.own.press("button", agree);
        await expect(sees(again.viewer, "controls")).toBeVisible({ timeout: 20_000 });
        await theirs.bringToFront();
        await expect(card).toBeVisible();
        await end(again.own);
        await expect(sees(again.viewer, "ended-title")).toBeVisible();
        await expect(card).toHaveCount(0);
        await again.own.program.stop();
        await again.viewer.close();
        kinds.push("started", kind);
        await expect.poll(() => controlLines(at)).toEqual(kinds.map((each) => `operator-control-${each}`));
      }
      expect(await wishes(at)).toEqual([403, "operator-control-forbidden"]);
    });
  } finally {
    await Promise.allSettled([customer?.close(), at.stop(), mine.stop()]);
  }
});

test("F-15 forbidden: a page's customer is offered nothing of it, and whatever a hand-made console asks is refused", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { operator_screen_control: false }, prepare: ({ page }) => keepChannels(page) });
  const say = (key: string) => text(at.language, `join-${key}`);
  try {
    const { page } = at.operator;
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await expect(customer.page.getByText(say("right-view"))).toBeVisible();
    await expect(customer.page.getByText(say("right-operator-control"))).toHaveCount(0);
    await customer.agree();
    await expect(page.locator("video:visible")).toBeVisible();
    await expect(customer.page.getByRole("switch", { name: say("operator-control-allow"), exact: true })).toHaveCount(0);
    await page.keyboard.press("Control+Alt+j");
    await expect(at.operator.says("console-operator-control-asked")).toHaveCount(0);
    expect(await wishes(at)).toEqual([403, "operator-control-forbidden"]);
    await expect.poll(() => sendOn(page, "control", rightMessage(1, 18))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("right-forbidden");
    await expect(customer.page.getByText(say("ask-operator-control-means"))).toHaveCount(0);
    await expect(customer.page.getByRole("button", { name: say("operator-control-open"), exact: true })).toHaveCount(0);
    expect(await controlLines(at)).toEqual([]);
    await customer.close();
  } finally {
    await at.stop();
  }
});
