// Signing in as people do it: with a second step, again after a time without activity, and once at a time [A-5, A-6, S-01].
import { createHmac } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { Case } from "./parts/case.ts";
import { isOpen, keepChannels, keepConnections, pressAt, receivedBytes } from "./parts/hand-made.ts";
import { labels } from "./parts/labels.ts";
import { contextOf, narrowLooker } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const say = labels.en;
const is = (key: string) => text("en", key);

let server: Server;
/** A form that nobody touches from the beginning of these tests on: its minute passes while others wait for theirs. */
let form: { company: Company; codes: string[]; page: Page };

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  form = await leaveForm(browser);
});

test.afterAll(async () => {
  await server.stop();
});

/** the page warns, goes to the sign-in when the time is up, and comes back where it was. */
test("a page that nobody uses warns, signs out, and comes back where it was", async ({ browser }) => {
  test.setTimeout(150_000);
  const company = await makeCompany(server, { shortName: "idle" });
  await set(company, { idle_s: 60 });
  const page = await open(browser, `${server.url}/manage/idle/departments`);
  await signIn(page, company);
  await expect(page.getByRole("heading", { name: is("manage-item-departments") })).toBeVisible();
  const warning = page.getByRole("alertdialog", { name: is("shared-idle-title") });
  await expect(warning).toBeVisible({ timeout: 45_000 });
  await expect(warning.getByRole("button", { name: is("shared-idle-stay") })).toBeFocused();
  await expect(page.getByText(/after 1 minute without activity/)).toBeVisible({ timeout: 45_000 });
  await signIn(page, company);
  await expect(page.getByRole("heading", { name: is("manage-item-departments") })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/manage/idle/departments");
  await page.context().close();
  await company.manage.close();
});

/** the time passes over a form and an open question; nothing of the company is seen until the same account signs in again. */
test("a form that was being typed outlives the sign-in, under a cover", async () => {
  test.setTimeout(150_000);
  const { company, codes, page } = form;
  const name = page.getByRole("textbox", { name: is("manage-operator-name"), exact: true });
  const question = page.getByRole("dialog", { name: is("manage-confirm-title") });
  const cover = page.getByRole("dialog", { name: is("manage-sign-in-again-title") });
  await expect(cover).toBeVisible({ timeout: 75_000 });
  await expect(cover.getByText(/after 1 minute without activity/)).toBeVisible();
  await expect(cover.getByLabel(say.password, { exact: true })).toBeFocused();
  await expect(name).toBeHidden();
  await expect(question).toBeHidden();
  await expect(page).toHaveTitle(new RegExp(`^${is("manage-sign-in-again-title")}`));
  await page.keyboard.press("Escape");
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    const within = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("[role=dialog]") !== null);
    expect(within, "the keyboard stays in the cover").toBe(true);
  }
  await narrowLooker(page, "en")("manage-sign-in-again");
  await page.getByRole("button", { name: "한국어" }).click();
  await narrowLooker(page, "ko")("manage-sign-in-again");
  await page.getByRole("button", { name: "English" }).click();
  await cover.getByLabel(say.password, { exact: true }).fill(company.administrator.password);
  await cover.getByRole("button", { name: say.signIn, exact: true }).click();
  await cover.getByLabel(is("shared-step-code"), { exact: true }).fill(codes[0] ?? "");
  await cover.getByRole("button", { name: say.signIn, exact: true }).click();
  await expect(cover).toBeHidden();
  await expect(question).toBeVisible();
  await expect(question.getByLabel(is("manage-administrator-password"))).toHaveValue("");
  await question.getByLabel(is("manage-administrator-password")).fill(company.administrator.password);
  await question.getByRole("button", { name: is("manage-operator-save") }).click();
  await expect(page.getByText(is("manage-saved"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Renamed 김");
  await page.context().close();
  await company.manage.close();
});

/** ended by the server at Save. Leaving still asks, and what was typed is saved with the new sign-in. */
test("signed out from elsewhere at Save, an administrator signs in and saves", async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "elsewhere" });
  const page = await open(browser, `${server.url}/manage/elsewhere/departments/${company.departmentId}/options`);
  await signIn(page, company);
  await page.getByRole("switch").nth(3).click({ force: true });
  await company.manage.post("/api/manage/own/sign-out-everywhere");
  const save = page.getByRole("button", { name: say.save, exact: true });
  await save.click();
  const cover = page.getByRole("dialog", { name: is("manage-sign-in-again-title") });
  await cover.getByLabel(say.password, { exact: true }).fill(company.administrator.password);
  await page.keyboard.press("Enter");
  await expect(cover).toBeHidden();
  await expect(page.getByText(is("shared-error-signed-out"))).toBeVisible();
  await page.getByRole("link", { name: is("manage-item-departments") }).first().click();
  await expect(page.getByRole("alertdialog", { name: is("manage-unsaved-title") })).toBeVisible();
  await page.keyboard.press("Escape");
  await save.click();
  await expect(page.getByText(is("manage-saved"))).toBeVisible();
  await expect(save).toBeDisabled();
  await page.context().close();
  await company.manage.close();
});

/** turned on by hand, then asked for. */
test("a second step is turned on with an authenticator app, and asked for", async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "steps" });
  const page = await open(browser, `${server.url}/manage/steps/administrator`);
  await signIn(page, company);
  await page.getByRole("button", { name: is("shared-step-on") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say.password, { exact: true }).fill(company.administrator.password);
  await dialog.getByRole("button", { name: is("shared-step-next") }).click();
  await expect(page.getByRole("img", { name: is("shared-step-qr") })).toBeVisible();
  const secret = (await dialog.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? "";
  await dialog.getByLabel(is("shared-step-code"), { exact: true }).fill(codeOf(secret, 0));
  await dialog.getByRole("button", { name: is("shared-step-confirm") }).click();
  const kept = page.getByRole("list", { name: is("shared-step-codes") }).getByRole("listitem");
  await expect(kept).toHaveCount(10);
  const recovery = (await kept.first().textContent()) ?? "";
  await page.getByRole("button", { name: is("shared-step-kept") }).click();
  for (const code of [codeOf(secret, 30), recovery]) {
    await page.getByRole("button", { name: say.signOut, exact: true }).click();
    await signIn(page, company);
    await page.getByLabel(is("shared-step-code"), { exact: true }).fill(code);
    await page.getByRole("button", { name: say.signIn, exact: true }).click();
    await expect(page.getByRole("button", { name: say.signOut, exact: true })).toBeVisible();
  }
  await page.context().close();
  await company.manage.close();
});

/** S-01: without the option the second console is refused, in words that say where the first is. */
test("S-01 off: a second console of the same operator is refused", { tag: ["@app", "@browser"] }, async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "twice" });
  const first = await open(browser, `${server.url}/console/twice`);
  await signIn(first, company, company.operator);
  await expect(first.getByRole("button", { name: say.newSession, exact: true }).first()).toBeVisible();
  const second = await open(browser, `${server.url}/console/twice`);
  await signIn(second, company, company.operator);
  await expect(second.getByRole("alert")).toContainText("already signed in at");
  await first.context().close();
  const entered = second.getByRole("button", { name: say.newSession, exact: true }).first();
  await expect(async () => {
    // A slow machine may let in the sign-in that was given up.
    if (!(await entered.isVisible())) await signIn(second, company, company.operator);
    await expect(entered).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await second.context().close();
  await company.manage.close();
});

/** S-01: with the option the second console may end the first, and goes on with the customer who is there. */
test("S-01 on: a console that ends the other goes on with its customer", { tag: "@browser" }, async ({ browser }) => {
  const company = await makeCompany(server, { shortName: "moving" });
  const options = [{ key: "forced_login", value: true }];
  await company.manage.put(`/api/manage/departments/${company.departmentId}/options`, { options });
  const first = await open(browser, `${server.url}/console/moving`);
  await signIn(first, company, company.operator);
  await first.getByRole("button", { name: say.newSession, exact: true }).first().click();
  const code = first.getByRole("status", { name: say.connectionCode, exact: true });
  await expect(code).toHaveText(/^\d{3}\s?\d{3}$/);
  const customer = await open(browser, `${server.url}/#${((await code.textContent()) ?? "").replace(/\s/g, "")}`);
  await customer.getByRole("button", { name: say.next, exact: true }).click();
  const agree = customer.getByRole("button", { name: say.agree, exact: true });
  await expect(agree).toBeEnabled();
  const second = await open(browser, `${server.url}/console/moving`);
  await signIn(second, company, company.operator);
  await second.getByRole("button", { name: is("console-elsewhere-end"), exact: true }).click();
  await expect(first.getByLabel(say.password, { exact: true })).toBeVisible();
  const going = second.getByRole("button", { name: say.openSession }).first();
  await expect(going).toBeVisible();
  // Longer than until a session looks whether its operator is signed in.
  await second.waitForTimeout(4_000);
  await expect(agree).toBeEnabled();
  await going.click();
  await expect(second.getByText(is("console-joined-text"), { exact: true })).toBeVisible();
  for (const page of [first, second, customer]) await page.context().close();
  await company.manage.close();
});

/** S-01: the console of a machine that was stolen, made by hand: it closes nothing. Its customer's app does. */
test("S-01 on: a console that was ended has nothing of its customer any more, whatever it does", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { forced_login: true },
    prepare: async ({ page }) => {
      await keepChannels(page);
      await keepConnections(page);
    },
  });
  try {
    const target = await Target.start(at.desktop);
    const { x, y } = target.middle;
    const app = await at.join();
    const old = at.operator;
    await old.hasControl();
    const first = target.lineCount;
    expect(await pressAt(old.page, x, y)).toBe(true);
    await old.seesColour(await target.nextColour(first), x, y);

    at.operator = await Operator.takeOver(browser, at.server, at.company.operator, at.language);
    await expect.poll(() => isOpen(old.page, "control"), { timeout: 8_000 }).toBe(false);
    await app.find("text", text(at.language, "customer-bar-reconnecting"));
    const received = await receivedBytes(old.page);
    expect(received).toBeGreaterThan(0);

    await at.operator.openNewest();
    await at.operator.hasControl();
    const second = target.lineCount;
    await at.operator.click(x, y);
    await at.operator.seesColour(await target.nextColour(second), x, y);
    expect(await pressAt(old.page, x, y)).toBe(false);
    expect(await receivedBytes(old.page)).toBe(received);
    await old.context.close();
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** An administrator begins to change an operator and goes away over the question. */
async function leaveForm(browser: Browser): Promise<typeof form> {
  const company = await makeCompany(server, { shortName: "typing" });
  await set(company, { idle_s: 60 });
  const { secret, codes } = await turnSecondStepOn(company);
  const page = await open(browser, `${server.url}/manage/typing/operators/${company.operator.id}`);
  await signIn(page, company, company.administrator, codeOf(secret, 30));
  await page.getByRole("textbox", { name: is("manage-operator-name"), exact: true }).fill("Renamed 김");
  await page.getByRole("textbox", { name: is("manage-phone"), exact: true }).fill("02-123-4567");
  await page.getByRole("button", { name: is("manage-operator-save") }).click();
  const question = page.getByRole("dialog", { name: is("manage-confirm-title") });
  await question.getByLabel(is("manage-administrator-password")).fill("half a passw");
  return { company, codes, page };
}

async function open(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext(contextOf("en"))).newPage();
  await page.goto(address);
  return page;
}

async function signIn(page: Page, company: Company, account = company.administrator, code?: string): Promise<void> {
  await page.getByRole("textbox", { name: say.id, exact: true }).fill(account.login);
  await page.getByLabel(say.password, { exact: true }).fill(account.password);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
  if (code === undefined) return;
  await page.getByLabel(is("shared-step-code"), { exact: true }).fill(code);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
}

/** As with an authenticator app. Gives what the app would keep, and the recovery codes. */
async function turnSecondStepOn({ manage, administrator }: Company): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await manage.post<{ secret: string }>("/api/manage/own/second-step", { password: administrator.password });
  const { codes } = await manage.put<{ codes: string[] }>("/api/manage/own/second-step", { code: codeOf(secret, 0) });
  return { secret, codes };
}

/** Sets the company otherwise than others. */
async function set({ manage }: Company, change: object): Promise<void> {
  const found = await manage.get<{ settings: object; changed_at_ms: number }>("/api/manage/settings");
  await manage.put("/api/manage/settings", { ...found, settings: { ...found.settings, ...change } });
}

/** What an authenticator app shows (RFC 6238), now or later. */
function codeOf(secret: string, later_s: number): string {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = (bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + later_s) / 30)));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
