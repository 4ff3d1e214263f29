// Connection codes that do not work: each is refused with words of its own, in the app and on the customer's page.
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import jsQR from "jsqr";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { decodePng } from "./parts/png.ts";
import { text } from "./parts/translations.ts";

test("wrong, used and expired codes are told apart, and people may write them as they like", async ({ browser }) => {
  const at = await Case.start(browser);
  const say = labels[at.language];
  try {
    const app = await App.prepared(at.desktop, at.server, { language: at.language });
    const page = await joinPage(browser, at.server.url);
    const refused = async (code: string, problem: string) => {
      await app.fill(say.connectionCode, code);
      await app.press("button", say.next);
      await app.find("text", text(at.language, `customer-problem-${problem}`));
      await page.getByRole("textbox", { name: say.connectionCode, exact: true }).fill(code);
      await page.getByRole("button", { name: say.next, exact: true }).click();
      await expect(page.getByText(text(at.language, `join-problem-${problem}`))).toBeVisible();
    };
    await test.step("a double click makes one session", async () => {
      await at.operator.page.getByRole("button", { name: say.newSession, exact: true }).first().dblclick();
      await at.operator.code();
      const reply = await at.operator.page.request.get(`${at.server.url}/api/console/sessions`);
      expect(((await reply.json()) as { sessions: unknown[] }).sessions).toHaveLength(1);
      await at.operator.list();
    });

    await test.step("a code that nobody gave out", () => refused("000 000", "code-unknown"));

    await test.step("a used code", async () => {
      const code = await at.operator.newSession();
      const first = await joinPage(browser, at.server.url);
      // Spaces and hyphens are how people write down six digits.
      await first.getByRole("textbox", { name: say.connectionCode, exact: true }).fill(` ${code.slice(0, 3)}-${code.slice(3)} `);
      await first.getByRole("button", { name: say.next, exact: true }).click();
      await expect(first.getByRole("button", { name: say.agree, exact: true })).toBeVisible();
      await refused(code, "code-used");
      await first.context().close();
    });

    await test.step("an expired code", async () => {
      await at.operator.list();
      const code = await at.operator.newSession();
      await at.server.expireCodes();
      await refused(code, "code-expired");
    });

    await test.step("and a good one, with a space and a hyphen", async () => {
      await at.operator.list();
      const code = await at.operator.newSession();
      await app.fill(say.connectionCode, `${code.slice(0, 2)} ${code.slice(2, 4)}-${code.slice(4)}`);
      await app.press("button", say.next);
      await app.find("button", say.agree);
    });
  } finally {
    await at.stop();
  }
});

test("link and QR code bring the customer to the code", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const { page, context } = at.operator;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const link = `${at.server.url}/#${await at.operator.newSession()}`;
    await page.getByRole("button", { name: text(at.language, "console-copy-link"), exact: true }).click();
    await expect(at.operator.says("console-link-copied")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    expect(await readQrCode(page.getByRole("img", { name: text(at.language, "console-qr"), exact: true }))).toBe(link);
    const customer = await joinPage(browser, link);
    const field = customer.getByRole("textbox", { name: labels[at.language].connectionCode, exact: true });
    await expect(field).toHaveValue(new RegExp(`^${link.slice(-6, -3)} ?${link.slice(-3)}$`));
    await customer.context().close();
  } finally {
    await at.stop();
  }
});

/** What a camera finds in a picture of this element, by another program than the one that drew it. */
async function readQrCode(element: Locator): Promise<string | undefined> {
  const picture = decodePng(await element.screenshot());
  const pixels = new Uint8ClampedArray(picture.width * picture.height * 4).fill(255);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const colour = Number.parseInt(picture.at(x, y).slice(1), 16);
      pixels.set([colour >> 16, (colour >> 8) & 255, colour & 255], (y * picture.width + x) * 4);
    }
  }
  return jsQR(pixels, picture.width, picture.height)?.data;
}

async function joinPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
