// The customer's page in each of its states, in both languages, dark and light, looked at as in pages.spec.ts; and what it asks
// before it is left.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { type Language, labels } from "./parts/labels.ts";
import { contextOf, languages, looker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { CustomerPage } from "./parts/customer-page.ts";
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

for (const language of languages) {
  const say = labels[language];

  test(`the customer's page before a session, ${language}`, async ({ browser }) => {
    const page = await open(browser, language);
    const look = looker(page, language);
    await look("join", `${server.url}/`);
    await page.getByRole("textbox", { name: say.connectionCode, exact: true }).fill("000000");
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-problem-code-unknown"))).toBeVisible();
    await look("join-code-unknown");
    await page.context().close();
    const poor = await open(browser, language);
    await poor.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
    await poor.goto(`${server.url}/`);
    await expect(poor.getByText(text(language, "join-limit-browser"))).toBeVisible();
    await looker(poor, language)("join-limit-browser");
    await poor.context().close();
  });

  test(`the customer's page while it connects, ${language}`, async ({ browser }) => {
    const page = await open(browser, language);
    // A network on which nothing comes back.
    await page.routeWebSocket(/\/ws\/customer/, () => undefined);
    await page.goto(`${server.url}/#123456`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-joining"))).toBeVisible();
    await looker(page, language)("join-joining");
    await page.context().close();
  });

  test(`a customer's page that cannot share offers the program, ${language}`, async ({ browser }) => {
    const operator = await Operator.signIn(browser, server, company.operator, language, { company: "acme" });
    const page = await open(browser, language);
    await page.addInitScript(() => Reflect.deleteProperty(MediaDevices.prototype, "getDisplayMedia"));
    await page.goto(`${server.url}/#${await operator.newSession()}`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByText(text(language, "join-limit-share"))).toBeVisible();
    await expect(page.getByRole("button", { name: say.agree, exact: true })).toBeDisabled();
    await page.getByRole("button", { name: say.letOperatorControl, exact: true }).click();
    await expect(page.getByRole("link", { name: /Linux/ })).toBeVisible();
    await looker(page, language)("join-limit-share");
    await page.context().close();
    await operator.context.close();
  });

  test(`a customer's page whose place another took, ${language}`, async ({ browser }) => {
    const operator = await Operator.signIn(browser, server, company.operator, language, { company: "acme" });
    const page = await open(browser, language);
    let toPage = (_bytes: Buffer): void => undefined;
    await page.routeWebSocket(/\/ws\/customer/, (route) => {
      route.connectToServer();
      toPage = (bytes) => route.send(bytes);
    });
    await page.goto(`${server.url}/#${await operator.newSession()}`);
    await page.getByRole("button", { name: say.next, exact: true }).click();
    await expect(page.getByRole("button", { name: say.agree, exact: true })).toBeEnabled();
    // ServerToCustomer { replaced: {} }: browser-share.spec.ts has an app take a page's place.
    toPage(Buffer.from([0x62, 0]));
    await expect(page.getByText(text(language, "join-replaced-title"))).toBeVisible();
    await looker(page, language)("join-replaced");
    await page.context().close();
    await operator.context.close();
  });

  test(`the customer's page in a session, ${language}`, async ({ browser }) => {
    const operator = await Operator.signIn(browser, server, company.operator, language, { company: "acme" });
    const customer = await CustomerPage.open(browser, server, await operator.newSession(), language);
    const { page } = customer;
    const look = looker(page, language);
    await expect(page.getByText(text(language, "join-lead-link"))).toBeVisible();
    await look("join-link");
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
    await expect(page.getByRole("radiogroup", { name: text(language, "join-survey-title") })).toBeVisible();
    await look("join-survey");
    await customer.press(text(language, "join-survey-skip"));
    await look("join-ended");
    await customer.close();
    await operator.context.close();
  });
}

test("Agree is in sight of a long sheet, the session begins at its top, and what the operator asks is in sight wherever it is scrolled to", async ({ browser }) => {
  const operator = await Operator.signIn(browser, server, company.operator, "en", { company: "acme" });
  const customer = await CustomerPage.open(browser, server, await operator.newSession(), "en");
  const { page } = customer;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const toTheEnd = () => page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const scrolled = () => page.evaluate(() => scrollY);
  await page.setViewportSize({ width: 1280, height: 640 });
  await customer.connect();
  expect(await scrolled()).toBe(0);
  await expect(button(labels.en.agree)).toBeInViewport({ ratio: 1 });
  await toTheEnd();
  expect(await scrolled()).toBeGreaterThan(0);
  await customer.agree();
  expect(await scrolled()).toBe(0);
  await expect(operator.page.locator("video:visible")).toBeVisible();
  await toTheEnd();
  expect(await scrolled()).toBeGreaterThan(0);
  await operator.page.keyboard.press("Control+Alt+j");
  for (const name of [text("en", "join-ask-allow"), labels.en.stop]) {
    await expect(button(name)).toBeInViewport({ ratio: 1 });
  }
  await customer.close();
  await operator.context.close();
});

test("a page that shares asks before it is left, and at no other time", async ({ browser }) => {
  const operator = await Operator.signIn(browser, server, company.operator, "en", { company: "acme" });
  const customer = await CustomerPage.open(browser, server, await operator.newSession(), "en");
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

async function open(browser: Browser, language: Language): Promise<Page> {
  const context = await browser.newContext(contextOf(language));
  return context.newPage();
}
