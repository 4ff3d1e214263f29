// Another operator beside the session's own, and what the record says of them [F-18].
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Account, addOperator } from "./api.ts";
import type { Case } from "./case.ts";
import { Operator } from "./operator.ts";
import { text } from "./translations.ts";

export const NAME = "박두번 Park";

/** Another operator of the same department, at a console of their own. */
export async function secondOperator(at: Case, browser: Browser): Promise<{ second: Operator; id: string; account: Account }> {
  const account = { name: NAME, login: "park02", password: "Passw0rd-e2e" };
  const id = await addOperator(at.company.manage, at.company.departmentId, account);
  const second = await Operator.signIn(browser, at.server, account, at.language);
  return { second, id, account };
}

export const button = (at: Case, page: Page, key: string) => page.getByRole("button", { name: text(at.language, key), exact: true });

/** The session's operator invites the other one for this. */
export async function invite(at: Case, role: string, reason = ""): Promise<void> {
  const { page } = at.operator;
  await button(at, page, "console-second-invite").click();
  const dialog = page.getByRole("dialog", { name: text(at.language, "console-second-invite"), exact: true });
  await dialog.getByRole("textbox", { name: text(at.language, "console-second-search"), exact: true }).fill("두번");
  await dialog.getByRole("radio", { name: new RegExp(NAME) }).check();
  await dialog.getByText(text(at.language, `console-second-role-${role}`), { exact: true }).click();
  await dialog.getByRole("textbox", { name: text(at.language, "console-second-reason"), exact: true }).fill(reason);
  await page.screenshot({ path: test.info().outputPath(`invite-${role}.png`) });
  await button(at, page, "console-second-send").click();
  await expect(dialog).toBeHidden();
}

/** What the record says of the second operator. */
export async function secondLines(at: Case): Promise<string[]> {
  const { timeline } = await at.newestRecord();
  return timeline.map(({ kind }) => kind).filter((kind) => /^(second-(?!policy|control)|handed-over)/.test(kind));
}
