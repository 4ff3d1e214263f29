// After the end the customer is asked, where the operator's options want it, and the answer comes into record and statistics
// [S-03, R-3, T-8].
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { Administrator } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { judge, languages } from "./parts/looks.ts";
import { bothColours, Screens } from "./parts/screens.ts";
import { text } from "./parts/translations.ts";

interface Survey {
  rating: number;
  comment: string;
}

const COMMENT = "=cmd() <b>굵게</b>, 고맙습니다";

async function surveyOf(at: Case): Promise<Survey | null> {
  const { id } = await at.newestRecord();
  return (await at.company.manage.get<{ survey: Survey | null }>(`/api/manage/records/${id}`)).survey;
}

/** The token by which the server knows this page's customer; gone with the session. */
async function tokenOf(page: Page): Promise<string> {
  const kept = await page.evaluate(() => sessionStorage.getItem("beside-join") ?? "");
  return kept.split(" ")[1] ?? "";
}

/** A customer's answer that is made by hand: status and code. */
async function answerByHand(request: APIRequestContext, at: Case, token: string): Promise<string> {
  const answer = await request.put(`${at.server.url}/api/survey`, { data: { token, rating: 5, comment: "" } });
  const body = answer.status() === 204 ? { code: "" } : ((await answer.json()) as { code: string });
  return `${answer.status()} ${body.code}`;
}

for (const language of languages) {
  test(`S-03 on: a customer in the browser is asked, and the administrator reads the answer, ${language}`, { tag: "@browser" }, async ({ browser }) => {
    const at = await Case.start(browser, { language });
    try {
      const say = (key: string) => text(language, key);
      const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), language);
      const { page } = customer;
      await customer.connect();
      await customer.agree();
      await expect(page.getByText(say("join-now-watching"))).toBeVisible();
      const token = await tokenOf(page);
      await customer.press(labels[language].stop);

      const group = page.getByRole("radiogroup", { name: say("join-survey-title") });
      await expect(group.getByRole("radio")).toHaveCount(5);
      await judge(page, "join-survey", language);
      await customer.press(say("join-survey-send"));
      await expect(page.getByRole("alert")).toHaveText(say("join-survey-problem-no-rating"));
      // By the keyboard: one group, in which arrows choose.
      await group.getByRole("radio", { name: say("join-survey-rating-5") }).focus();
      await page.keyboard.press("ArrowRight");
      await expect(group.getByRole("radio", { name: say("join-survey-rating-4"), exact: true })).toBeChecked();
      await page.getByRole("textbox", { name: say("join-survey-comment") }).fill(COMMENT);

      // The server is away: what was written stays, and is offered again.
      await page.context().setOffline(true);
      await customer.press(say("join-survey-send"));
      await expect(page.getByRole("alert")).toHaveText(say("join-survey-problem-unreachable"));
      await judge(page, "join-survey-problem", language);
      await page.context().setOffline(false);
      await expect(page.getByRole("textbox")).toHaveValue(COMMENT);
      await customer.press(say("join-survey-send"));
      await expect(page.getByText(say("join-survey-thanks"))).toBeVisible();
      await judge(page, "join-survey-thanks", language);
      expect(await surveyOf(at)).toMatchObject({ rating: 4, comment: COMMENT });
      expect(await answerByHand(page.request, at, token)).toBe("409 survey-answered");
      await customer.close();

      const administrator = await Administrator.open(browser, at.server, language);
      await administrator.signIn(at.company.administrator);
      await administrator.openNewestRecord(at.company.operator.login);
      await expect(administrator.page.getByText(COMMENT)).toBeVisible();
      const rated = text(language, "manage-record-survey-rating", { points: "4", words: say("manage-rating-4") });
      await expect(administrator.page.getByText(rated)).toBeVisible();
      await administrator.page.waitForLoadState("networkidle");
      for (const colorScheme of bothColours) {
        await administrator.page.emulateMedia({ colorScheme });
        await administrator.page.screenshot({ path: new Screens().path("manage-record-survey", language, colorScheme), fullPage: true });
      }
      await administrator.context.close();
    } finally {
      await at.stop();
    }
  });

  test(`S-03 on: a customer with the app is asked after the operator ended, ${language}`, async ({ browser }) => {
    const at = await Case.start(browser, { language });
    try {
      const say = (key: string) => text(language, key);
      const app = await at.join();
      await at.operator.end();
      await app.find("radio", say("customer-survey-rating-5"));
      await at.desktop.screenshot(new Screens().path("app-survey", language, "light"));
      await app.press("radio", say("customer-survey-rating-2"));
      await app.fill(say("customer-survey-comment"), "slow");
      await at.desktop.screenshot(new Screens().path("app-survey-written", language, "light"));

      // The server is away: what was written stays, and is offered again.
      await at.server.kill();
      await app.press("button", say("customer-survey-send"));
      await app.find("text", say("customer-survey-problem-unreachable"));
      await at.server.resume();
      await app.press("button", say("customer-survey-send"));
      await app.find("text", say("customer-survey-thanks"));
      await at.desktop.screenshot(new Screens().path("app-survey-thanks", language, "light"));
      expect(await surveyOf(at)).toMatchObject({ rating: 2, comment: "slow" });
      await app.find("button", say("customer-close"));
      await app.program.stop();
    } finally {
      await at.stop();
    }
  });
}

test("S-03 on: the app's question is answered by the keyboard alone, and skipped by Escape", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    for (const skips of [false, true]) {
      const app = await at.join();
      await app.press("button", labels[at.language].stop);
      await app.find("radio", text(at.language, "customer-survey-rating-5"));
      if (skips) {
        await at.desktop.press("Escape");
      } else {
        // The first of the five has the keyboard; the arrow chooses the next.
        await at.desktop.press("Right");
        await at.desktop.press("Tab", "Tab", "Tab", "Tab");
        await at.desktop.type("ok");
        await at.desktop.press("Tab", "Tab", "Return");
        await app.find("text", text(at.language, "customer-survey-thanks"));
        expect(await surveyOf(at)).toMatchObject({ rating: 4, comment: "ok" });
      }
      await app.find("button", text(at.language, "customer-close"));
      await app.program.stop();
      await at.operator.list();
    }
    expect(await surveyOf(at)).toBeNull();
  } finally {
    await at.stop();
  }
});

test("S-03 off: neither page nor app asks, and an answer that is made by hand is refused", { tag: ["@app", "@browser"] }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { satisfaction_survey: false } });
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    const { page } = customer;
    const asked = page.waitForResponse((response) => response.url().endsWith("/api/survey"));
    await customer.connect();
    await customer.agree();
    await expect(page.getByText(text(at.language, "join-now-watching"))).toBeVisible();
    const token = await tokenOf(page);
    expect(token).not.toBe("");
    await customer.press(labels[at.language].stop);
    await expect(page.getByText(text(at.language, "join-ended-title"))).toBeVisible();
    await asked;
    await expect.poll(async () => (await at.newestRecord()).sealed).not.toBeNull();
    // Longer than the page waits before it asks once more.
    await page.waitForTimeout(1_500);
    await expect(page.getByRole("radiogroup")).toBeHidden();
    expect(await answerByHand(page.request, at, token)).toBe("404 survey-unknown");
    expect(await surveyOf(at)).toBeNull();
    await customer.close();
    await at.operator.list();

    const app = await at.join();
    await app.press("button", labels[at.language].stop);
    await app.find("button", text(at.language, "customer-close"));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await app.shows("radio", text(at.language, "customer-survey-rating-5"))).toBe(false);
    await app.program.stop();
  } finally {
    await at.stop();
  }
});

test("S-03 on: the app in dark", async ({ browser }) => {
  for (const language of languages) {
    const at = await Case.start(browser, { language });
    try {
      const app = await at.arriveIn("dark", await at.operator.newSession());
      await app.press("button", labels[language].agree);
      await at.operator.picture.waitFor();
      await app.press("button", labels[language].stop);
      await app.press("radio", text(language, "customer-survey-rating-1"));
      await at.desktop.screenshot(new Screens().path("app-survey", language, "dark"));
      await app.program.stop();
    } finally {
      await at.stop();
    }
  }
});
