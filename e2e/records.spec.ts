// The list of records and one record, of a real session with a chat, in both languages, dark and light.
import { expect, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { makeCompany } from "./parts/api.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { judge, languages } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(() => server.stop());

for (const language of languages) {
  test(`the list and the record of a real session, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `records-${language}` });
    const viewport = { width: 1280, height: 800 };
    const operator = await Operator.signIn(browser, server, company.operator, language, { company: company.shortName, viewport });
    const customer = await CustomerPage.open(browser, server, await operator.newSession(), language);
    await customer.connect();
    await operator.list();
    await operator.openNewest();
    await customer.agree();
    await expect(operator.page.locator("video:visible")).toBeVisible();
    await operator.write("안녕하세요 Hello");
    await operator.end();
    await expect(customer.page.getByRole("button", { name: labels[language].stop, exact: true })).toBeHidden();
    await customer.close();
    await operator.context.close();

    const page = await signedIn(browser, server, company, language);
    await page.goto(`${server.url}/manage/${company.shortName}/records`);
    const link = page.getByRole("link", { name: company.operator.login, exact: true });
    await expect(link).toBeVisible();
    await judge(page, "manage-records", language);
    await link.click();
    await expect(page.getByRole("heading", { name: text(language, "manage-record-sealed"), exact: true })).toBeVisible();
    await expect(page.getByText("안녕하세요 Hello")).toBeVisible();
    await judge(page, "manage-record-shared", language);
    await page.setViewportSize({ width: 360, height: 740 });
    await judge(page, "manage-record-shared-narrow", language);
    await page.goBack();
    await expect(link).toBeVisible();
    await judge(page, "manage-records-narrow", language);
    await page.context().close();
    await company.manage.close();
  });
}
