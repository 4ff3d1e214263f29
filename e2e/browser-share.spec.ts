// Sharing starts in the browser without a download and is raised to control in the same session [Y-6, X-2].
import { expect, test } from "@playwright/test";
import { join } from "node:path";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { CustomerBrowser } from "./parts/customer-browser.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

/** What the server writes down of who came and agreed. */
const STEPS = ["customer-joined", "consented", "app-took-over", "ended"];

test("S-02 on, S-07 off: a browser share becomes control by the app, and the record stays one", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser);
  const say = labels[at.language];
  await at.server.prepareDownloads();
  let customer: CustomerBrowser | undefined;
  try {
    const target = await Target.start(at.desktop, "320x240+20+540");
    customer = await CustomerBrowser.share(at);
    const { page } = customer;

    await page.getByRole("button", { name: say.letOperatorControl, exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /Linux/ }).first().click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^beside-\d{6}$/);
    const path = join(at.desktop.home, file.suggestedFilename());
    await file.saveAs(path);
    const app = await App.downloaded(at.desktop, path, { language: at.language });
    // The code in the file's name is filled in and no more: the customer presses Connect.
    await app.press("button", say.next);
    await app.press("button", say.agree);
    await expect(page.getByRole("button", { name: say.stop, exact: true })).toBeHidden();

    await at.operator.seesColour(target.colour, target.middle.x, target.middle.y);
    const before = target.lineCount;
    await at.operator.click(target.middle.x, target.middle.y);
    await at.operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
    await app.press("button", say.stop);

    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("customer-stopped");
    const list = await at.company.manage.get<{ total: number }>("/api/manage/records?page=1&page_size=20");
    expect(list.total).toBe(1);
    const { timeline } = await at.newestRecord();
    const steps = timeline.filter(({ source, kind }) => source === "server" && STEPS.includes(kind));
    expect(steps.map(({ kind, detail }) => [kind, detail["kind"] ?? detail["may_control"]])).toEqual([
      ["customer-joined", "browser"],
      // By the page's Agree the operator sees; only by the app's they control.
      ["consented", false],
      ["app-took-over", undefined],
      ["consented", true],
      ["ended", undefined],
    ]);
  } finally {
    await customer?.close();
    await at.stop();
  }
});

test("Stop on the customer's page ends the session, and the record says who did", async ({ browser }) => {
  const at = await Case.start(browser);
  let customer: CustomerBrowser | undefined;
  try {
    customer = await CustomerBrowser.share(at);
    await customer.page.getByRole("button", { name: labels[at.language].stop, exact: true }).click();
    await expect(customer.page.getByText(text(at.language, "join-ended-customer-stopped"))).toBeVisible();
    await expect(at.operator.says("console-ended-title")).toBeVisible();
    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("customer-stopped");
    const record = await at.newestRecord();
    expect(record.timeline.at(-1)).toMatchObject({ source: "server", kind: "ended", detail: { reason: "customer-stopped" } });
    expect(record.sealed).not.toBeNull();
  } finally {
    await customer?.close();
    await at.stop();
  }
});
