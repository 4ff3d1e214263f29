// When a session ends, the next code is ready at once, where the operator's options want it [S-13].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { judge, languages } from "./parts/looks.ts";
import { text } from "./parts/translations.ts";

/** A customer in the browser comes, agrees and stops. */
async function visit(at: Case, browser: Parameters<typeof CustomerPage.open>[0], code: string): Promise<void> {
  const customer = await CustomerPage.open(browser, at.server, code, at.language);
  await customer.connect();
  await customer.agree();
  await expect(customer.page.getByText(text(at.language, "join-now-watching"))).toBeVisible();
  await customer.press(labels[at.language].stop);
  await expect(at.operator.says("console-ended-title")).toBeVisible();
  await customer.close();
}

/** The codes that are out, as the server has them. */
async function codesOut(at: Case): Promise<string[]> {
  const answer = await at.operator.context.request.get(`${at.server.url}/api/console/sessions`);
  const { sessions } = (await answer.json()) as { sessions: { stage: string; code: string }[] };
  return sessions.filter(({ stage }) => stage === "waiting").map(({ code }) => code);
}

for (const language of languages) {
  test(`S-13 on: the next code stands on the page of the session that ended, and beside it as a tab, ${language}`, { tag: ["@app", "@browser"] }, async ({ browser }) => {
    const at = await Case.start(browser, { language });
    try {
      const { page, say } = at.operator;
      const first = await at.operator.newSession();
      await visit(at, browser, first);
      await expect(at.operator.says("console-next-title")).toBeVisible();
      const next = await at.operator.code();
      expect(next).not.toBe(first);
      expect(await codesOut(at)).toEqual([next]);
      // The record of the session that ended is still what the operator has in hand.
      await expect(page.getByRole("textbox", { name: say.memo, exact: true })).toBeVisible();
      const tabs = page.getByRole("navigation", { name: text(language, "console-tabs") });
      const tab = tabs.getByRole("button", { name: `${next.slice(0, 3)} ${next.slice(3)}` });
      await expect(tab).toBeVisible();
      await expect(tab).not.toHaveAttribute("aria-current", "page");
      await judge(page, "console-next-code", language);

      // It works like any other, and is followed in its turn.
      await tab.click();
      expect(await at.operator.code()).toBe(next);
      await visit(at, browser, next);
      await expect.poll(() => codesOut(at)).toHaveLength(1);
    } finally {
      await at.stop();
    }
  });
}

test("S-13 on: two windows of one operator get one code, and one that nobody used is followed by none", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const other = await at.operator.another(at.server.url);
    await visit(at, browser, await at.operator.newSession());
    await expect(at.operator.says("console-next-title")).toBeVisible();
    const [next = ""] = await codesOut(at);
    // Known in both, and a tab where the session was.
    await expect(other.page.getByText(`${next.slice(0, 3)} ${next.slice(3)}`).first()).toBeVisible();
    const tabsOfOther = other.page.getByRole("navigation", { name: text(at.language, "console-tabs") });
    await expect(tabsOfOther.getByRole("button")).toHaveCount(1);
    await at.operator.page.getByRole("button", { name: text(at.language, "console-cancel"), exact: true }).click();
    await expect.poll(() => codesOut(at)).toEqual([]);
    await at.operator.page.waitForTimeout(1_000);
    expect(await codesOut(at)).toEqual([]);
  } finally {
    await at.stop();
  }
});

test("S-13 off: nothing is made", { tag: ["@app", "@browser"] }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { auto_new_session: false } });
  try {
    await visit(at, browser, await at.operator.newSession());
    await at.operator.page.waitForTimeout(1_000);
    await expect(at.operator.says("console-next-title")).toBeHidden();
    expect(await codesOut(at)).toEqual([]);
  } finally {
    await at.stop();
  }
});

test("S-13 on: an operator who signs out leaves no code behind", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    await expect(customer.page.getByText(text(at.language, "join-now-watching"))).toBeVisible();
    const { request } = at.operator.context;
    const me = (await (await request.get(`${at.server.url}/api/console/me`)).json()) as { csrf_token: string };
    const headers = { Origin: at.server.url, "X-Beside-CSRF": me.csrf_token };
    expect((await request.post(`${at.server.url}/api/console/sign-out`, { headers })).status()).toBe(204);
    await expect(customer.page.getByText(text(at.language, "join-ended-title"))).toBeVisible();
    const signIn = { company: at.company.shortName, id: at.company.operator.login, password: at.company.operator.password };
    expect((await request.post(`${at.server.url}/api/console/sign-in`, { headers: { Origin: at.server.url }, data: signIn })).status()).toBe(200);
    await customer.page.waitForTimeout(1_000);
    expect(await codesOut(at)).toEqual([]);
    await customer.close();
  } finally {
    await at.stop();
  }
});
