// Every page in both languages, dark and light: no serious finding of axe, and a picture of each. With
// UPDATE_SCREENS=1 the pictures go to docs/screens, else into the target folder to be looked at [A-2, B-1, B-2].
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { Api, type Company, makeCompany } from "./parts/api.ts";
import { type Language, labels } from "./parts/labels.ts";
import { Operator } from "./parts/operator.ts";
import { Screens } from "./parts/screens.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const screens = new Screens();

interface Looks {
  language: Language;
  colours: "light" | "dark";
}

let server: Server;
let company: Company;
let unusedActivation: string;

test.beforeAll(async () => {
  server = await Server.start();
  company = await makeCompany(server);
  unusedActivation = await server.addCompany("other", "다른 회사 Other");
});

test.afterAll(async () => {
  await server.stop();
});

for (const language of ["ko", "en"] as const) {
  for (const colours of ["light", "dark"] as const) {
    test(`pages for everybody, ${language}, ${colours}`, async ({ browser }) => {
      const context = await browser.newContext(options({ language, colours }));
      const page = await context.newPage();
      const look = looker(page, { language, colours });
      await look("join", `${server.url}/`);
      await look("manage-sign-in", `${server.url}/manage/acme`);
      await look("console-sign-in", `${server.url}/console/acme`);
      await look("activation", unusedActivation);
      await look("certificate-authority", `${server.url}/ca`);
    });

    test(`pages of a customer who shares, ${language}, ${colours}`, async ({ browser }) => {
      const operator = await Operator.signIn(browser, server, company.operator, language, "acme");
      const code = await operator.newSession();
      const context = await browser.newContext(options({ language, colours }));
      const page = await context.newPage();
      // Which screen to share is asked by the browser itself, which has none here; browser-share.spec.ts shares a real one.
      await page.addInitScript(() => {
        navigator.mediaDevices.getDisplayMedia = async () => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 400 });
          canvas.getContext("2d")?.fillRect(0, 0, 640, 400);
          return canvas.captureStream(5);
        };
      });
      const say = labels[language];
      const look = looker(page, { language, colours });
      await page.goto(`${server.url}/#${code}`);
      await page.getByRole("button", { name: say.next, exact: true }).click();
      await expect(page.getByRole("button", { name: say.agree, exact: true })).toBeVisible();
      await look("join-consent");
      await page.getByRole("button", { name: say.agree, exact: true }).click();
      await expect(page.getByText(text(language, "join-now-watching"))).toBeVisible();
      await operator.write(language === "ko" ? "무엇을 도와 드릴까요?" : "How can I help?");
      await look("join-session");
      await page.getByRole("button", { name: say.stop, exact: true }).click();
      await expect(page.getByText(text(language, "join-ended-title"))).toBeVisible();
      await look("join-ended");
      await context.close();
      await operator.context.close();
    });

    test(`pages of the administrator, ${language}, ${colours}`, async ({ browser }) => {
      const context = await browser.newContext(options({ language, colours }));
      const page = await context.newPage();
      await signIn(page, "manage", language, company.administrator);
      const look = looker(page, { language, colours });
      const { departmentId, operator } = company;
      const manage = `${server.url}/manage/acme`;
      await look("manage-start", manage);
      await look("manage-departments", `${manage}/departments`);
      await look("manage-department-options", `${manage}/departments/${departmentId}/options`);
      await look("manage-operators", `${manage}/operators`);
      await look("manage-new-operator", `${manage}/operators/new`);
      await look("manage-operator", `${manage}/operators/${operator.id}`);
      await look("manage-support-types", `${manage}/support-types`);
      await look("manage-records", `${manage}/records`);
      await look("manage-downloads", `${manage}/downloads`);
      await look("manage-not-found", `${manage}/no-such-page`);
    });

    test(`pages of the operator, ${language}, ${colours}`, async ({ browser }) => {
      const context = await browser.newContext(options({ language, colours }));
      const page = await context.newPage();
      await signIn(page, "console", language, company.operator);
      const look = looker(page, { language, colours });
      const say = labels[language];
      await look("console-sessions");
      await page.getByRole("button", { name: say.newSession, exact: true }).first().click();
      await expect(page.getByRole("status", { name: say.connectionCode, exact: true })).toBeVisible();
      await look("console-code");
      await endSessions();
    });
  }
}

function options({ language, colours }: Looks): Parameters<Browser["newContext"]>[0] {
  return {
    locale: language === "ko" ? "ko-KR" : "en-US",
    colorScheme: colours,
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  };
}

/** Opens a page (or takes the one that is open), photographs it and lets axe judge it. */
function looker(page: Page, { language, colours }: Looks) {
  return async (name: string, url?: string): Promise<void> => {
    await test.step(name, async () => {
      if (url !== undefined) await page.goto(url);
      await page.waitForLoadState("networkidle");
      await page.mouse.move(0, 0);
      await page.screenshot({ path: screens.path(name, language, colours), animations: "disabled", caret: "hide" });
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expectNoClippedText(page, name);
      // What React Aria reads out stands in the page for some seconds and is seen by nobody; axe takes it for a picture.
      const { violations } = await new AxeBuilder({ page }).exclude("[data-live-announcer]").analyze();
      const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
      expect.soft(told, name).toEqual([]);
    });
  };
}

/** No page scrolls sideways, and no button or heading hides part of its own text. */
async function expectNoClippedText(page: Page, name: string): Promise<void> {
  const clipped = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1 ? ["the page"] : [];
    const texts = [...document.querySelectorAll<HTMLElement>("button, h1, h2, label, th, a")];
    const hidden = texts.filter((each) => {
      const style = getComputedStyle(each);
      const hides = style.overflowX === "hidden" || style.textOverflow === "ellipsis";
      return hides && each.clientWidth > 4 && each.scrollWidth > each.clientWidth + 1;
    });
    return [...wide, ...hidden.map((each) => each.textContent ?? "")];
  });
  expect.soft(clipped, `${name}: clipped`).toEqual([]);
}

async function signIn(page: Page, area: "manage" | "console", language: Language, account: { login: string; password: string }): Promise<void> {
  const say = labels[language];
  await page.goto(`${server.url}/${area}/acme`);
  await page.getByRole("textbox", { name: say.id, exact: true }).fill(account.login);
  await page.getByLabel(say.password, { exact: true }).fill(account.password);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
  await expect(page.getByRole("button", { name: say.signIn, exact: true })).toBeHidden();
}

/** The next looks start without the sessions of the last. */
async function endSessions(): Promise<void> {
  const api = await Api.signIn(server, "console", "acme", company.operator);
  const { sessions } = await api.get<{ sessions: { id: string }[] }>("/api/console/sessions");
  for (const { id } of sessions) await api.delete(`/api/console/sessions/${id}`).catch(() => undefined);
  await api.close();
}

