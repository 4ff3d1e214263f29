// The customer's page in each of its states, in both languages, dark and light, looked at as in pages.spec.ts; and what it asks
// before it is left.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { labels } from "./parts/labels.ts";
import { contextOf, everyLook, type Looks, looker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { SharingPage } from "./parts/sharing-page.ts";
import { text } from "./parts/translations.ts";

let server: Server;
let company: Company;

test.beforeAll(async () => {
  server = await Server.start();
  company = await makeCompany(server);
  await server.prepareDownloads();
});

test.afterAll(async () => {
  await company.manage.close();
  await server.stop();
});

for (const looks of everyLook) {
  const { language, colours } = looks;
  const say = labels[language];

  test(`the customer's page before a session, ${language}, ${colours}`, async ({ browser }) => {
    const page = await open(browser, looks);
    const look = looker(page, looks);
    await look("join", `${server.url}/`);
    await page.getByRole("textbox", { name: say.connectionCode, exact: true }).fill("000000");
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-problem-code-unknown"))).toBeVisible();
    await look("join-code-unknown");
    await page.context().close();
    const poor = await open(browser, looks);
    await poor.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
    await poor.goto(`${server.url}/`);
    await expect(poor.getByText(text(language, "join-limit-browser"))).toBeVisible();
    await looker(poor, looks)("join-limit-browser");
    await poor.context().close();
  });

  test(`the customer's page while it connects, ${language}, ${colours}`, async ({ browser }) => {
    const page = await open(browser, looks);
    // A network on which nothing comes back.
    await page.routeWebSocket(/\/ws\/customer/, () => undefined);
    await page.goto(`${server.url}/#123456`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-joining"))).toBeVisible();
    await looker(page, looks)("join-joining");
    await page.context().close();
  });

  test(`a customer's page that cannot share offers the program, ${language}, ${colours}`, async ({ browser }) => {
    const operator = await Operator.signIn(browser, server, company.operator, language, "acme");
    const page = await open(browser, looks);
    await page.addInitScript(() => Reflect.deleteProperty(MediaDevices.prototype, "getDisplayMedia"));
    await page.goto(`${server.url}/#${await operator.newSession()}`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-limit-share"))).toBeVisible();
    await expect(page.getByRole("button", { name: say.agree, exact: true })).toBeDisabled();
    await page.getByRole("button", { name: say.letOperatorControl, exact: true }).click();
    await expect(page.getByRole("link", { name: /Linux/ })).toBeVisible();
    await looker(page, looks)("join-limit-share");
    await page.context().close();
    await operator.context.close();
  });

  test(`the customer's page in a session, ${language}, ${colours}`, async ({ browser }) => {
    const operator = await Operator.signIn(browser, server, company.operator, language, "acme");
    const customer = await SharingPage.open(browser, server, await operator.newSession(), looks);
    const { page } = customer;
    const look = looker(page, looks);
    await customer.connect();
    await look("join-consent");
    await customer.agree();
    await expect(page.getByText(text(language, "join-now-watching"))).toBeVisible();
    await operator.write(language === "ko" ? "무엇을 도와 드릴까요?" : "How can I help?");
    await look("join-session");
    await customer.press(say.letOperatorControl);
    await expect(page.getByRole("link", { name: /Linux/ })).toBeVisible();
    await look("join-app");
    await customer.press(say.stop);
    await expect(page.getByText(text(language, "join-ended-title"))).toBeVisible();
    await look("join-ended");
    await customer.close();
    await operator.context.close();
  });
}

test("a page that shares asks before it is left, and at no other time", async ({ browser }) => {
  const operator = await Operator.signIn(browser, server, company.operator, "en", "acme");
  const customer = await SharingPage.open(browser, server, await operator.newSession(), { language: "en", colours: "light" });
  const { page } = customer;
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await customer.connect();
  // Nothing is shared yet: a reload goes through and brings the question back.
  await page.reload();
  await customer.agree();
  expect(asked).toEqual([]);
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(page.getByText(text("en", "join-now-watching"))).toBeVisible();
  await customer.press(labels.en.stop);
  await expect(page.getByText(text("en", "join-ended-title"))).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: labels.en.connectionCode, exact: true })).toBeVisible();
  expect(asked).toEqual(["beforeunload"]);
  await customer.close();
  await operator.context.close();
});

async function open(browser: Browser, looks: Looks): Promise<Page> {
  const context = await browser.newContext(contextOf(looks));
  return context.newPage();
}
