// The console in each of its states with a customer who shares from the browser, in both languages, dark and light, looked at
// as in pages.spec.ts. What needs the customer app stands in app-windows.spec.ts.
import { type Browser, expect, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { type Language, labels } from "./parts/labels.ts";
import { languages, look } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { CustomerPage } from "./parts/customer-page.ts";

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

async function signedIn(browser: Browser, company: Company, language: Language): Promise<Operator> {
  const viewport = { width: 1280, height: 800 };
  return Operator.signIn(browser, server, company.operator, language, company.shortName, viewport);
}
