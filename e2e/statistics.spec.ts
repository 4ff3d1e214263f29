// Statistics of real sessions, in both languages, dark and light: chart and table are there under the page's policy against
// scripts, and the file has the numbers of the page [T-1 … T-8].
import { type Browser, expect, type Page, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { signedIn } from "./parts/administrator.ts";
import { type Company, makeCompany } from "./parts/api.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { type Language, labels } from "./parts/labels.ts";
import { judge, languages, looker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const KINDS = ["by-month", "by-day", "by-hour", "by-operator", "by-duration", "by-os", "by-support-type", "by-satisfaction"];
/** Whose rows name the day or the hour of this run: looked at, but not compared with the run before. */
const TIMED = ["by-month", "by-day", "by-hour"];

let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(() => server.stop());

for (const language of languages) {
  test(`statistics of real sessions, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-one` });
    for (let session = 0; session < 2; session += 1) await support(browser, company, language);
    const page = await signedIn(browser, server, company, language);
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const look = looker(page, language);
    const manage = `${server.url}/manage/${company.shortName}/statistics`;
    for (const kind of KINDS) {
      await page.goto(`${manage}/${kind}`);
      const total = page.getByRole("row", { name: text(language, "manage-statistics-total") });
      await expect(total.getByRole("cell", { name: "2", exact: true }).first()).toBeVisible();
      await expect(page.locator("canvas")).toBeVisible();
      const name = `manage-statistics-${kind}`;
      await (TIMED.includes(kind) ? judge(page, name, language) : look(name));
    }
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: text(language, "manage-save-as-csv"), exact: true }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8")).toContain(",2,1.0000,");
    await page.setViewportSize({ width: 360, height: 740 });
    await look("manage-statistics-narrow", `${manage}/by-os`);
    await look("manage-statistics-empty", `${manage}/by-day?from=2020-01-01&to=2020-01-31`);
    await page.goto(`${manage}/by-day?operator=nobody`);
    await expect(page.getByText(text(language, "operator-unknown"))).toBeVisible();
    await movesWithTheClock(page, company, language, `${manage}/by-hour`);
    expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
    await page.context().close();
    await company.manage.close();
  });
}

/** Another time zone takes all supports to other hours. */
async function movesWithTheClock(page: Page, company: Company, language: Language, byHour: string): Promise<void> {
  const rows = async () => {
    await page.goto(byHour);
    const total = page.getByRole("row", { name: text(language, "manage-statistics-total") });
    await expect(total.getByRole("cell", { name: "2", exact: true }).first()).toBeVisible();
    return page.getByRole("row").allTextContents();
  };
  const before = await rows();
  const path = "/api/manage/settings";
  const read = await company.manage.get<{ settings: object; changed_at_ms: number }>(path);
  const settings = { ...read.settings, time_zone: "America/Los_Angeles" };
  await company.manage.put(path, { ...read, settings, administrator_password: company.administrator.password });
  await expect.poll(rows).not.toEqual(before);
}

/** A session from code to end. */
async function support(browser: Browser, company: Company, language: Language): Promise<void> {
  const viewport = { width: 1280, height: 800 };
  const operator = await Operator.signIn(browser, server, company.operator, language, { company: company.shortName, viewport });
  const customer = await CustomerPage.open(browser, server, await operator.newSession(), language);
  await customer.connect();
  await operator.list();
  await operator.openNewest();
  await customer.agree();
  await expect(operator.page.locator("video:visible")).toBeVisible();
  await operator.end();
  await expect(customer.page.getByRole("button", { name: labels[language].stop, exact: true })).toBeHidden();
  await customer.close();
  await operator.context.close();
}
