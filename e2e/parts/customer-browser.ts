// The customer's own browser on their desktop: with a window, so that there is a screen to share.
import { type Browser, chromium, expect, type Page } from "@playwright/test";
import type { Case } from "./case.ts";
import { chromiumArguments, chromiumPath } from "./chromium.ts";
import { labels } from "./labels.ts";

export class CustomerBrowser {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Opens the page with a code in its address. The browser's question what to share is answered for the customer, by the title of it. */
  static async open(at: Case, code: string, shares = "Entire screen"): Promise<CustomerBrowser> {
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      headless: false,
      env: { ...at.desktop.env } as Record<string, string>,
      args: [...chromiumArguments, `--auto-select-desktop-capture-source=${shares}`, "--window-size=900,600", "--window-position=380,0"],
    });
    const context = await browser.newContext({ locale: "en-US", ignoreHTTPSErrors: true, viewport: null });
    const page = await context.newPage();
    await page.goto(`${at.server.url}/#${code}`);
    return new CustomerBrowser(browser, page);
  }

  /** Comes with the code of a new session, agrees, and is seen. */
  static async share(at: Case, shares?: string): Promise<CustomerBrowser> {
    const say = labels[at.language];
    const customer = await CustomerBrowser.open(at, await at.operator.newSession(), shares);
    try {
      await customer.page.getByRole("button", { name: say.next, exact: true }).click();
      await customer.page.getByRole("button", { name: say.agree, exact: true }).click();
      await expect(customer.page.getByRole("button", { name: say.stop, exact: true })).toBeVisible();
      await expect(at.operator.page.locator("video:visible")).toBeVisible();
      return customer;
    } catch (error) {
      await customer.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
