// The console in each of its states with a customer who shares from the browser, in both languages, dark and light, looked at
// as in pages.spec.ts. What needs the customer app stands in app-windows.spec.ts.
import { type Browser, expect, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { type Language, labels } from "./parts/labels.ts";
import { languages, look, narrowLooker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { text } from "./parts/translations.ts";

let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(() => server.stop());

for (const language of languages) {
  const say = labels[language];

  test(`the console, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-one` });
    const operator = await signedIn(browser, company, language);
    const { page } = operator;
    const see = (name: string) => look(page, name, language);
    await see("console-sessions-empty");
    const code = await operator.newSession();
    await see("console-code");
    const customer = await CustomerPage.open(browser, server, code, language);
    await customer.connect();
    await expect(operator.says("console-joined-title")).toBeVisible();
    await see("console-joined");
    await operator.list();
    await see("console-sessions");
    await operator.openNewest();
    await customer.agree();
    await expect(page.locator("video:visible")).toBeVisible();

    await page.getByRole("button", { name: say.signOut, exact: true }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await see("console-sign-out");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: say.end, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await see("console-end");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await see("console-shortcuts");
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: say.record }).click();
    await see("console-record");

    const second = await operator.another(server.url, company.shortName);
    await second.openNewest();
    await expect(operator.says("console-replaced-title")).toBeVisible();
    await see("console-replaced");
    await second.page.close();

    await server.kill();
    await expect(operator.says("console-server-away")).toBeVisible();
    await see("console-server-away");
    await server.resume();
    await customer.close();
    await operator.context.close();
    await company.manage.close();
  });
}

for (const language of languages) {
  const say = labels[language];
  const is = (key: string) => text(language, key);

  /** what ended is found again after the browser was closed, with what is left to be written. */
  test(`sessions that ended today, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-two` });
    const operator = await signedIn(browser, company, language);
    const { page } = operator;
    const customer = await CustomerPage.open(browser, server, await operator.newSession(), language);
    await customer.connect();
    await customer.agree();
    await expect(page.locator("video:visible")).toBeVisible();
    await page.getByRole("button", { name: say.end, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: say.end, exact: true }).click();
    await expect(operator.says("console-next-title")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: is("console-ended-today") })).toBeVisible();
    await expect(page.getByText(is("console-record-unwritten"))).toBeVisible();
    await narrowLooker(page, language)("console-ended-today");
    await page.getByRole("button", { name: is("console-record-write"), exact: false }).click();
    const form = page.getByRole("alertdialog");
    await form.getByLabel(say.customerName).fill("박고객 Park");
    await narrowLooker(page, language)("console-ended-record");
    await form.getByRole("button", { name: say.save, exact: true }).click();
    await expect(form.getByText(is("console-record-saved"))).toBeVisible();
    await form.getByRole("button", { name: is("shared-close"), exact: true }).click();
    await expect(page.getByText(is("console-record-written"))).toBeVisible();
    await expect(page.getByText("박고객 Park")).toBeVisible();
    // The operator's own account has its name at every width, and so its button one.
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("button", { name: company.operator.name, exact: true }).click();
    await expect(page.getByRole("dialog", { name: company.operator.name })).toBeVisible();
    await narrowLooker(page, language)("console-account");
    await customer.close();
    await operator.context.close();
    await company.manage.close();
  });
}

async function signedIn(browser: Browser, company: Company, language: Language): Promise<Operator> {
  const viewport = { width: 1280, height: 800 };
  return Operator.signIn(browser, server, company.operator, language, { company: company.shortName, viewport });
}
