// Consent is the customer's press, and before it nothing leaves [S-02, X-3, Y-1].
import { type Browser, chromium, expect, type Page, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import type { Desktop } from "./parts/desktop.ts";
import { type Language, labels } from "./parts/labels.ts";
import { sentByTcp, udpSockets } from "./parts/traffic.ts";
import { text } from "./parts/translations.ts";

/** More than all messages before consent, and far less than one picture of the screen. */
const WORDS_BYTES = 16_384;

/** A terminal full of text that is another one twenty times a second. */
class Painter {
  private constructor(private readonly counter: string) {}

  static async start(desktop: Desktop): Promise<Painter> {
    const counter = join(desktop.home, "painted");
    const script = `i=0; while :; do i=$((i+1)); seq $i $((i+60)) | tr '\\n' ' '; echo $i > ${counter}; sleep 0.05; done`;
    desktop.run("xterm", ["-geometry", "120x40+300+100", "-e", "sh", "-c", script]);
    const painter = new Painter(counter);
    await painter.paints(1);
    return painter;
  }

  /** Waits until it has painted so many times more. */
  async paints(times: number): Promise<void> {
    const until = (await this.painted()) + times;
    await expect.poll(() => this.painted(), { timeout: 60_000 }).toBeGreaterThanOrEqual(until);
  }

  private async painted(): Promise<number> {
    return Number(await readFile(this.counter, "utf8").catch(() => "0"));
  }
}

/** Has the page keep its peer connections, to ask them what came. Before the console loads in it. */
async function keepConnections({ page }: { page: Page }): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    Object.assign(window, { keptConnections: kept });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
  });
}

/** Bytes that reached the operator's page from the customer's machine. */
async function received(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { keptConnections } = window as unknown as { keptConnections: RTCPeerConnection[] };
    const reports = await Promise.all(keptConnections.map((connection) => connection.getStats()));
    const values = reports.flatMap((report) => [...report.values()] as { type: string; bytesReceived?: number }[]);
    return values.filter(({ type }) => type === "transport").reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0);
  });
}

/** The sheet stands over a desktop that is never still. */
test("S-02 on: nothing of a screen that paints all the time leaves before Agree", async ({ browser }) => {
  const at = await Case.start(browser, { prepare: keepConnections });
  const say = labels[at.language];
  try {
    const painter = await Painter.start(at.desktop);
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", say.agree);
    const { pid } = app.program;
    for (let look = 0; look < 10; look++) {
      await painter.paints(10);
      expect(await sentByTcp(pid)).toBeLessThan(WORDS_BYTES);
      expect(await udpSockets(pid)).toBe(0);
      expect(await received(at.operator.page)).toBe(0);
    }
    expect(await sentByTcp(pid)).toBeGreaterThan(0);
    expect(await at.lines("consented")).toEqual([]);
    await app.press("button", say.agree);
    await at.operator.picture.waitFor();
    await painter.paints(10);
    await expect.poll(() => received(at.operator.page)).toBeGreaterThan(4 * WORDS_BYTES);
    expect(await udpSockets(pid)).toBeGreaterThan(0);
    await expect.poll(async () => (await at.lines("consented")).length).toBe(1);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

for (const language of ["ko", "en"] as const) {
  test(`S-02 off: the app shows company and rights, and Connect is the consent, ${language}`, async ({ browser }) => {
    const at = await Case.start(browser, { language, options: { consent_before_connect: false }, prepare: keepConnections });
    const say = labels[language];
    try {
      const painter = await Painter.start(at.desktop);
      const app = await App.prepared(at.desktop, at.server, { language, code: await at.operator.newSession() });
      await app.find("button", say.next);
      expect(await app.shows("button", say.agreeByConnect)).toBe(false);
      await app.press("button", say.next);
      await app.find("button", say.agreeByConnect);
      await app.find("button", say.decline);
      await app.find("switch", say.allowControl);
      await app.find("text", new RegExp(`${text(language, "customer-company")}: 에이크미 Acme`));
      for (const right of ["connect-may", "may-view-part", "may-control", "may-chat"]) await app.find("text", text(language, `customer-${right}`));
      await at.desktop.screenshot(test.info().outputPath("connect.png"));
      await painter.paints(20);
      expect(await sentByTcp(app.program.pid)).toBeLessThan(WORDS_BYTES);
      expect(await udpSockets(app.program.pid)).toBe(0);
      expect(await at.lines("consented")).toEqual([]);

      await app.press("switch", say.allowControl);
      await app.press("button", say.agreeByConnect);
      await app.find("button", say.stop);
      expect(await app.shows("button", say.agree)).toBe(false);
      await at.operator.picture.waitFor();
      await expect.poll(() => at.lines("consented")).toEqual([expect.objectContaining({ may_view: true, may_control: false })]);
      await at.leave(app);
    } finally {
      await at.stop();
    }
  });
}

test("S-02 off: declining at the app's Connect ends the session with nothing sent", async ({ browser }) => {
  const at = await Case.start(browser, { options: { consent_before_connect: false } });
  const say = labels[at.language];
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", say.agreeByConnect);
    await app.press("button", say.decline);
    await app.find("text", text(at.language, "customer-ended-title"));
    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("customer-declined");
    expect(await at.lines("consented")).toEqual([]);
  } finally {
    await at.stop();
  }
});

test("S-02 off: the page shows company and rights, and Connect is the consent", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { consent_before_connect: false } });
  const say = labels[at.language];
  const customer = await customerBrowser(at.desktop);
  try {
    const page = await (await customer.newContext({ ignoreHTTPSErrors: true, locale: localeOf(at.language) })).newPage();
    await countChoices(page);
    await page.goto(`${at.server.url}/#${await at.operator.newSession()}`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    const connect = page.getByRole("button", { name: say.agreeByConnect, exact: true });
    await expect(connect).toBeVisible();
    await expect(page.getByRole("main").getByText("에이크미 Acme")).toBeVisible();
    await expect(page.getByText(text(at.language, "join-rights-connect"))).toBeVisible();
    await expect(page.getByRole("button", { name: say.agree, exact: true })).toBeHidden();
    expect(await at.lines("consented")).toEqual([]);
    expect(await choices(page)).toBe(0);

    await connect.click();
    await expect(page.getByText(text(at.language, "join-now-watching"))).toBeVisible();
    expect(await choices(page)).toBe(1);
    await expect.poll(async () => (await at.lines("consented")).length).toBe(1);
    await page.getByRole("button", { name: say.stop, exact: true }).click();
    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("customer-stopped");
  } finally {
    await customer.close();
    await at.stop();
  }
});

const localeOf = (language: Language) => (language === "ko" ? "ko-KR" : "en-US");

/** A browser with a window on the customer's desktop, so that there is a screen to choose; the question which one is answered for it. */
async function customerBrowser(desktop: Desktop): Promise<Browser> {
  return chromium.launch({
    headless: false,
    executablePath: chromiumPath,
    args: [...chromiumArguments, "--auto-select-desktop-capture-source=Entire screen"],
    env: { ...(desktop.env as Record<string, string>) },
  });
}

/** Counts how often the page asks the browser for a screen. */
async function countChoices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = { choices: 0 };
    Object.assign(window, { counted });
    const choose = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = (options) => {
      counted.choices += 1;
      return choose(options);
    };
  });
}

async function choices(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { counted: { choices: number } }).counted.choices);
}
