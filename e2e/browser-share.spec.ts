// Sharing starts in the browser without a download and is raised to control in the same session [Y-6, X-2].
import { chromium, expect, test } from "@playwright/test";
import { join } from "node:path";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";

test("a browser share becomes control by the app, and the record stays one", async ({ browser }) => {
  const at = await Case.start(browser);
  const say = labels[at.language];
  await at.server.prepareDownloads();
  // A customer's browser with a window, so that there is a screen to choose; the question which one is answered for it.
  const customer = await chromium.launch({
    executablePath: chromiumPath,
    headless: false,
    env: { ...at.desktop.env } as Record<string, string>,
    args: [...chromiumArguments, "--auto-select-desktop-capture-source=Entire screen", "--window-size=900,600", "--window-position=380,0"],
  });
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    const code = await at.operator.newSession();
    const context = await customer.newContext({ locale: "en-US", ignoreHTTPSErrors: true, viewport: null });
    const page = await context.newPage();
    await page.goto(`${at.server.url}/#${code}`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await page.getByRole("button", { name: say.agree, exact: true }).click();
    await expect(page.getByRole("button", { name: say.stop, exact: true })).toBeVisible();
    await expect(at.operator.page.locator("video:visible")).toBeVisible();

    await page.getByRole("button", { name: say.letOperatorControl, exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /Linux/ }).first().click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^beside-\d{6}$/);
    const path = join(at.desktop.home, file.suggestedFilename());
    await file.saveAs(path);
    const app = await App.downloaded(at.desktop, path, { language: at.language });
    // The code in the file's name is filled in and no more: the customer presses Next.
    await app.press("button", say.next);
    await app.press("button", say.agree);
    await expect(page.getByRole("button", { name: say.stop, exact: true })).toBeHidden();

    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await at.operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
    await app.press("button", say.stop);

    await expect
      .poll(async () => (await at.company.manage.get<{ total: number }>("/api/manage/records?page=1&page_size=20")).total)
      .toBe(1);
  } finally {
    await customer.close();
    await at.stop();
  }
});
