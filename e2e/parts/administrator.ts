// The administrator's site as a person works it.
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { Account, Company } from "./api.ts";
import { type Labels, type Language, labels } from "./labels.ts";
import { contextOf } from "./looks.ts";
import type { Server } from "./server.ts";
import { text } from "./translations.ts";

/** A page of its own on which a company's administrator is signed in. */
export async function signedIn(browser: Browser, server: Server, company: Company, language: Language): Promise<Page> {
  const page = await (await browser.newContext(contextOf(language))).newPage();
  await signIn(page, `${server.url}/manage/${company.shortName}`, company.administrator, labels[language]);
  return page;
}

async function signIn(page: Page, address: string, account: Account, say: Labels): Promise<void> {
  await page.goto(address);
  await page.getByRole("textbox", { name: say.id, exact: true }).fill(account.login);
  await page.getByLabel(say.password, { exact: true }).fill(account.password);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
  await expect(page.getByRole("button", { name: say.signOut, exact: true })).toBeVisible();
}

export class Administrator {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly say: Labels,
    private readonly server: Server,
    private readonly language: Language,
  ) {}

  static async open(browser: Browser, server: Server, language: Language): Promise<Administrator> {
    const context = await browser.newContext({ locale: language === "ko" ? "ko-KR" : "en-US", ignoreHTTPSErrors: true });
    return new Administrator(await context.newPage(), context, labels[language], server, language);
  }

  /** Follows the one-time link that `company add` printed. */
  async activate(link: string, account: Account, name: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole("textbox", { name: this.say.id, exact: true }).fill(account.login);
    await this.page.getByRole("textbox", { name: this.say.administratorName, exact: true }).fill(name);
    await this.page.getByRole("textbox", { name: this.say.email, exact: true }).fill("admin@example.com");
    await this.page.getByLabel(this.say.password, { exact: true }).fill(account.password);
    await this.page.getByLabel(this.say.passwordConfirm, { exact: true }).fill(account.password);
    await this.page.getByRole("button", { name: this.say.activate }).click();
    await expect(this.page.getByText(text(this.language, "manage-activation-done"))).toBeVisible();
  }

  async signIn(account: Account): Promise<void> {
    await signIn(this.page, `${this.server.url}/manage`, account, this.say);
  }

  async createDepartment(name: string): Promise<void> {
    await this.menu(this.say.menu.support, this.say.menu.departments);
    await this.page.getByRole("button", { name: this.say.newDepartment, exact: true }).click();
    await this.page.getByRole("dialog").getByRole("textbox").fill(name);
    await this.page.getByRole("dialog").getByRole("button", { name: this.say.save, exact: true }).click();
    await expect(this.page.getByText(name, { exact: true }).first()).toBeVisible();
  }

  async createOperator(account: Account, name: string, company: string, department: string): Promise<void> {
    await this.menu(this.say.menu.support, this.say.menu.newOperator);
    await this.field(this.say.operatorName).fill(name);
    await this.field(this.say.id).fill(account.login);
    await this.field(this.say.password).fill(account.password);
    await this.field(this.say.passwordConfirm).fill(account.password);
    await this.field(this.say.companyName).fill(company);
    await this.page.getByRole("button", { name: new RegExp(this.say.department) }).click();
    await this.page.getByRole("option", { name: department, exact: true }).click();
    await this.page.getByRole("button", { name: this.say.save, exact: true }).click();
    await expect(this.page.getByText(account.login, { exact: true }).first()).toBeVisible();
  }

  async createSupportType(name: string): Promise<void> {
    await this.menu(this.say.menu.support, this.say.menu.supportTypes);
    await this.page.getByRole("button", { name: this.say.newSupportType }).first().click();
    await this.page.getByRole("dialog").getByRole("textbox").fill(name);
    await this.page.getByRole("dialog").getByRole("button", { name: this.say.save, exact: true }).click();
    await expect(this.page.getByText(name, { exact: true }).first()).toBeVisible();
  }

  /** Opens the newest record from the list. */
  async openNewestRecord(operatorLogin: string): Promise<void> {
    await this.menu(this.say.menu.records, this.say.menu.allRecords);
    await this.page.getByRole("link", { name: operatorLogin, exact: true }).first().click();
  }

  private async menu(top: string, below: string): Promise<void> {
    await this.page.getByRole("navigation").first().getByRole("link", { name: top, exact: true }).click();
    await this.page.getByRole("link", { name: below, exact: true }).first().click();
  }

  /** A field whose label may carry the sign that it is required. */
  private field(label: string) {
    const escaped = label.replace(/[-/\\^$*+?.()|[\]{}]/g, "\\$&");
    return this.page.getByLabel(new RegExp(`^${escaped}( ?\\*| ?\\(.*\\))?$`)).first();
  }
}
