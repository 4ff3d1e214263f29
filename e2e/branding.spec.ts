// Whose page a customer is on, where the server has several companies: nobody's until the code leads to one [O-4].
import { expect, test } from "@playwright/test";
import { signedIn } from "./parts/administrator.ts";
import { makeCompany } from "./parts/api.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { languages, looker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const TEXT = "평일 09:00–18:00 · Weekdays\n02-123-4567";
const OTHER_TEXT = "다른 회사의 글 · Of the other company";

const LOGO = { width: 160, height: 40 };

let server: Server;

test.beforeAll(async () => {
  server = await Server.start();
});

test.afterAll(() => server.stop());

for (const language of languages) {
  test(`logo and text of one of two companies, ${language}`, async ({ browser }) => {
    const company = await makeCompany(server, { shortName: `${language}-one` });
    const other = await makeCompany(server, { shortName: `${language}-two` });
    await other.manage.put("/api/manage/branding", { text: OTHER_TEXT, read: "" });
    const page = await signedIn(browser, server, company, language);
    await page.goto(`${server.url}/manage/${company.shortName}/branding`);
    await expect(page.getByText(text(language, "manage-branding-not-shown"))).toBeVisible();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: text(language, "manage-branding-logo-choose"), exact: true }).click(),
    ]);
    const buffer = await page.screenshot({ clip: { x: 0, y: 0, ...LOGO } });
    await chooser.setFiles({ name: "logo.png", mimeType: "image/png", buffer });
    await expect(page.getByRole("button", { name: text(language, "manage-branding-logo-remove"), exact: true })).toBeVisible();
    await page.getByRole("textbox", { name: text(language, "manage-branding-text"), exact: true }).fill(TEXT);
    await page.getByRole("button", { name: labels[language].save, exact: true }).click();
    await expect(page.getByRole("button", { name: labels[language].save, exact: true })).toBeDisabled();
    await expect(page.getByText(text(language, "manage-saved"))).toBeHidden();
    await looker(page, language)("manage-branding-set");
    await page.context().close();

    const operator = await Operator.signIn(browser, server, company.operator, language, { company: company.shortName });
    const customer = await CustomerPage.open(browser, server, "", language);
    const logo = customer.page.locator("header img");
    await expect(customer.page.getByRole("button", { name: labels[language].next, exact: true })).toBeVisible();
    await expect(logo).toHaveAttribute("src", "/favicon.svg");
    await expect(customer.page.getByText("02-123-4567")).toBeHidden();
    const code = await operator.newSession();
    await customer.page.getByRole("textbox", { name: labels[language].connectionCode, exact: true }).fill(code);
    await customer.connect();
    await expect(customer.page.getByText("02-123-4567")).toBeVisible();
    await expect(customer.page.getByText(OTHER_TEXT)).toBeHidden();
    await expect(logo).toHaveAttribute("src", /^\/logo\?/);
    expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(LOGO.width);
    await looker(customer.page, language)("join-branding");
    await customer.close();
    await operator.context.close();
    for (const { manage } of [company, other]) await manage.close();
  });
}
