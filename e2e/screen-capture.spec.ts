// 화면 캡처 [F-08]: a still picture of the customer's screen, pixel by pixel: saved, copied, or kept in the record.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { CustomerBrowser } from "./parts/customer-browser.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { keepChannels, sendOn, toolMessage } from "./parts/hand-made.ts";
import { judge } from "./parts/looks.ts";
import { decodePng, type Picture } from "./parts/png.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** As the record of the contract has it. */
interface Kept {
  captures: { id: string; no: number; width_px: number; height_px: number; sha256: string; description: string }[];
}

const PART = { x: 40, y: 560, width: 200, height: 120 };

/** All pixels the same; a difference of a million of them must not be printed. */
function isSame(one: Picture, other: Picture, part?: typeof PART): boolean {
  return one.rgb().equals(other.rgb(part));
}

/** Red, green and blue of a screen as it is shared: the app's own windows are grey. */
function asShared(screen: Picture, own: readonly (typeof PART)[]): Buffer {
  const all = screen.rgb();
  for (const { x, y, width, height } of own) {
    for (let row = Math.max(y, 0); row < Math.min(y + height, screen.height); row++) {
      const [left, right] = [Math.max(x, 0), Math.min(x + width, screen.width)];
      all.fill(0x80, (row * screen.width + left) * 3, (row * screen.width + right) * 3);
    }
  }
  return all;
}

test("F-08 allowed: what is saved, copied and kept is the customer's screen, pixel by pixel", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    const app = await at.join();
    const { page, context } = at.operator;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const say = (key: string, values: Record<string, string> = {}) => text(at.language, key, values);
    const button = (key: string) => page.getByRole("button", { name: say(key), exact: true });
    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    await at.operator.openTool("screen-capture");
    const exact = at.operator.says("console-capture-exact");
    await expect(exact).toBeVisible();
    let screen = await at.desktop.picture();
    // The app's bar folds by itself; a picture is held against a screen that was the same before and after it.
    await expect(async () => {
      const before = screen;
      await button("console-capture-again").click();
      await expect(exact).toBeVisible();
      screen = await at.desktop.picture();
      expect(isSame(before, screen)).toBe(true);
    }).toPass({ timeout: 30_000 });
    await judge(page, "console-screen-capture", at.language);
    const shared = asShared(screen, await at.desktop.ownWindows());
    await test.step("saved", async () => {
      const download = page.waitForEvent("download");
      await button("console-capture-save").click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/-\d{8}-\d{6}\.png$/);
      const saved = decodePng(await readFile(await file.path()));
      expect([saved.width, saved.height]).toEqual([screen.width, screen.height]);
      expect(saved.rgb().equals(shared)).toBe(true);
    });
    await test.step("copied", async () => {
      await button("console-copy").click();
      await expect(at.operator.says("console-capture-copied")).toBeVisible();
      const bytes = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const blob = await item?.getType("image/png");
        return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
      });
      expect(decodePng(Buffer.from(bytes)).rgb().equals(shared)).toBe(true);
    });
    await test.step("a part is chosen by drawing over it, made exact by its numbers, and kept in the record", async () => {
      const box = await page.getByRole("img", { name: say("console-capture-preview"), exact: true }).boundingBox();
      if (box === null) throw new Error("no preview");
      const place = (x: number, y: number) => [box.x + (x * box.width) / screen.width, box.y + (y * box.height) / screen.height] as const;
      await page.mouse.move(...place(30, 550));
      await page.mouse.down();
      await page.mouse.move(...place(300, 700), { steps: 4 });
      await page.mouse.up();
      await expect(page.getByRole("button", { name: new RegExp(say("console-capture-part")) })).toBeVisible();
      for (const side of ["x", "y", "width", "height"] as const) {
        await page.getByRole("textbox", { name: say(`console-capture-${side}`), exact: true }).fill(String(PART[side]));
        await page.keyboard.press("Tab");
      }
      await page.getByRole("textbox", { name: say("console-capture-description"), exact: true }).fill("The test window");
      await button("console-capture-keep").click();
      await expect(button("console-capture-kept")).toBeVisible();
      await page.keyboard.press("Escape");
    });
    const record = async () => at.company.manage.get<Kept>(`/api/manage/records/${(await at.newestRecord()).id}`);
    const [kept] = (await record()).captures;
    expect(kept).toMatchObject({ no: 1, width_px: PART.width, height_px: PART.height, description: "The test window" });
    await test.step("it stands beside the record's form, and in the record's chain by its digest", async () => {
      await page.getByRole("tab", { name: at.operator.say.record, exact: true }).click();
      await expect(page.getByRole("img", { name: "The test window", exact: true })).toBeVisible();
      expect(await at.lines("capture-kept")).toEqual([expect.objectContaining({ no: 1, sha256: kept?.sha256 })]);
      for (const line of await at.lines("tool-used")) expect(line).toMatchObject({ tool: "screen-capture", problem: "" });
    });
    await test.step("the administrator sees it large, and takes it away", async () => {
      const { id } = await at.newestRecord();
      const manage = await signedIn(browser, at.server, at.company, at.language);
      await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
      await manage.getByRole("button", { name: "The test window", exact: true }).click();
      const large = manage.getByRole("dialog").getByRole("img", { name: "The test window", exact: true });
      await expect.poll(() => large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(PART.width);
      const download = manage.waitForEvent("download");
      await manage.getByRole("link", { name: say("shared-capture-download"), exact: true }).click();
      const taken = decodePng(await readFile(await (await download).path()));
      expect(isSame(taken, screen, PART)).toBe(true);
      await manage.context().close();
    });
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-08 allowed: what is shared from a browser is kept as a frame of its video, and the page records it", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser);
  let customer: CustomerBrowser | undefined;
  try {
    customer = await CustomerBrowser.share(at);
    const { page } = at.operator;
    await at.operator.openTool("screen-capture");
    await expect(at.operator.says("console-capture-video")).toBeVisible();
    await page.getByRole("button", { name: text(at.language, "console-capture-keep"), exact: true }).click();
    await expect(page.getByRole("button", { name: text(at.language, "console-capture-kept"), exact: true })).toBeVisible();
    await expect.poll(() => at.lines("tool-used")).toEqual([expect.objectContaining({ tool: "screen-capture", problem: "" })]);
    expect(await at.lines("capture-kept")).toHaveLength(1);
  } finally {
    await customer?.close();
    await at.stop();
  }
});

/** CaptureScreen in ToolRequest of proto/beside/v1/peer.proto. */
const CAPTURE_SCREEN = 18;

test("F-08 forbidden: no capture is offered, the app refuses a hand-made request, and the server keeps no picture", async ({ browser }) => {
  const at = await Case.start(browser, { options: { screen_capture: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const app = await at.arrive(await at.operator.newSession());
    await app.find("button", at.operator.say.agree);
    expect(await app.shows("text", text(at.language, "customer-may-capture-screen"))).toBe(false);
    await app.press("button", at.operator.say.agree);
    await app.find("button", at.operator.say.stop);
    await expect(at.operator.exactSign).toBeVisible();
    const { page, context } = at.operator;
    await page.getByRole("button", { name: text(at.language, "console-tools"), exact: true }).click();
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    await expect(page.getByRole("menuitem", { name: text(at.language, "console-tool-name-screen-capture"), exact: true })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Alt+c");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await sendOn(page, "control", toolMessage(901, CAPTURE_SCREEN))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("screen-capture-forbidden");
    expect(await at.lines("tool-used")).toEqual([]);
    const me = (await (await context.request.get(`${at.server.url}/api/console/me`)).json()) as { csrf_token: string };
    const { id } = await at.newestRecord();
    const refused = await context.request.post(`${at.server.url}/api/console/sessions/${id}/captures`, {
      headers: { Origin: at.server.url, "X-Beside-CSRF": me.csrf_token, "Content-Type": "application/octet-stream" },
      data: Buffer.from("\x89PNG"),
    });
    expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, "capture-forbidden"]);
    expect(await at.lines("capture-kept")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test("F-08 forbidden: a customer in the browser is not asked for it, and the page refuses a hand-made request", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { screen_capture: false, partial_share: false, screen_recording: false, operator_screen_share: false, voice_chat: false }, prepare: ({ page }) => keepChannels(page) });
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await expect(customer.page.getByText(text(at.language, "join-right-view"))).toBeVisible();
    await expect(customer.page.getByText(text(at.language, "join-right-capture"))).toHaveCount(0);
    await customer.agree();
    await expect(at.operator.page.locator("video:visible")).toBeVisible();
    await expect(at.operator.page.getByRole("button", { name: text(at.language, "console-tools"), exact: true })).toHaveCount(0);
    await expect.poll(() => sendOn(at.operator.page, "control", toolMessage(901, CAPTURE_SCREEN))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("screen-capture-forbidden");
    expect(await at.lines("tool-used")).toEqual([]);
    await customer.close();
  } finally {
    await at.stop();
  }
});
