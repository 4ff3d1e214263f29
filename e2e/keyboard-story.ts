// A day of an administrator, by the keyboard alone and by nothing but the labels that the README names: a department, an
// operator with an option of its own, support types in a chosen order, a record found and taken away, a statistic, and all
// of it in the usage log [B-1, B-2, C-1, D-1, D-4, D-5, E-1, E-2, G-3, R-1, R-3, R-4, T-2]. Played once in Korean and once
// in English.
import { type Browser, expect, type Page } from "@playwright/test";
import { join } from "node:path";
import { type Company, makeCompany } from "./parts/api.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { Keyboard } from "./parts/keyboard.ts";
import { type Language, labels } from "./parts/labels.ts";
import { contextOf } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
import { e2eFolder } from "./parts/places.ts";
import { Program } from "./parts/program.ts";
import { label } from "./parts/readme.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const DEPARTMENT = "현장지원 Field";
const OPERATOR = { name: "이상담 Lee", login: "lee-02", password: "Passw0rd-lee" };
const TYPES = ["느림 Slow", "인쇄 Print", "접속 Access"];

export async function playKeyboardStory(browser: Browser, language: Language): Promise<void> {
  const server = await Server.start();
  try {
    const company = await makeCompany(server);
    await support(browser, server, company, language);
    const context = await browser.newContext({ ...contextOf(language), acceptDownloads: true });
    const page = await context.newPage();
    const day = new Day(page, company, language);
    await page.goto(`${server.url}/manage`);
    await day.signIn();
    await day.makeDepartment();
    await day.makeOperator();
    await day.orderTypes();
    await day.findRecord();
    await day.readStatistic();
    await day.findItInTheLog();
    await context.close();
    await company.manage.close();
  } finally {
    await server.stop();
  }
}

class Day {
  private readonly keys: Keyboard;

  constructor(
    private readonly page: Page,
    private readonly company: Company,
    private readonly language: Language,
  ) {
    this.keys = new Keyboard(page);
  }

  async signIn(): Promise<void> {
    const { administrator } = this.company;
    await this.keys.write(this.field("manage-id"), administrator.login);
    await this.keys.write(this.field("manage-password"), administrator.password);
    await this.keys.press(this.button("manage-sign-in"));
    await expect(this.button("manage-sign-out")).toBeVisible();
  }

  async makeDepartment(): Promise<void> {
    await this.open("support", "departments");
    await this.keys.press(this.button("manage-department-new"));
    await this.name("manage-department-name", DEPARTMENT);
    await expect(this.page.getByRole("button", { name: DEPARTMENT })).toBeVisible();
  }

  async makeOperator(): Promise<void> {
    const { keys } = this;
    await this.open("support", "new-operator");
    await keys.write(this.field("manage-operator-name"), OPERATOR.name);
    await keys.write(this.field("manage-id"), OPERATOR.login);
    await keys.write(this.field("manage-password"), OPERATOR.password);
    await keys.write(this.field("manage-password-confirm"), OPERATOR.password);
    await keys.choose(this.choice("manage-department"), DEPARTMENT);
    await keys.press(this.button("shared-save"));
    await expect(this.page.getByRole("heading", { name: `${OPERATOR.name} (${OPERATOR.login})` })).toBeVisible();
    const own = this.page.getByRole("radiogroup", { name: this.label("manage-option-view-only"), exact: true }).first();
    await keys.segment(own, this.label("manage-option-on"));
    await keys.press(this.button("manage-operator-save"));
    await keys.write(this.field("manage-administrator-password"), this.company.administrator.password);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByText(this.label("manage-saved"))).toBeVisible();
  }

  /** Made in one order, put into another. */
  async orderTypes(): Promise<void> {
    await this.open("support", "support-types");
    for (const name of TYPES) {
      await this.keys.press(this.button("manage-support-type-new"));
      await this.name("manage-support-type-name", name);
      await expect(this.rows.filter({ hasText: name })).toBeVisible();
    }
    const [slow = "", print = "", access = ""] = TYPES;
    await this.keys.row(this.rows, this.rows.filter({ hasText: access }));
    await this.keys.press(this.button("manage-move-up", { name: access }));
    await expect(this.rows).toHaveText([/Printer/, new RegExp(slow), new RegExp(access), new RegExp(print)]);
  }

  /** Found, taken away whole, and opened. */
  async findRecord(): Promise<void> {
    const { keys, page } = this;
    const { operator } = this.company;
    await this.open("records", "all-records");
    await keys.choose(this.choice("manage-search-key"), this.label("manage-record-key-operator-login"));
    await keys.write(this.field("manage-search-text"), operator.login);
    await keys.press(this.button("manage-search"));
    await expect(page).toHaveURL(/operator_login=kim01/);
    const [file] = await Promise.all([page.waitForEvent("download"), keys.press(this.link("manage-save-as-excel"))]);
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    const [heads, ...records] = await readSheet(await file.path());
    expect(heads).toContain(this.text("manage-operator-login"));
    expect(records).toEqual([expect.arrayContaining([operator.login, operator.name])]);
    await keys.press(page.getByRole("link", { name: operator.login, exact: true }));
    await expect(page.getByText(operator.name).first()).toBeVisible();
  }

  async readStatistic(): Promise<void> {
    const { keys, page } = this;
    const { login } = this.company.operator;
    await this.open("statistics", "by-day");
    await keys.write(this.field("manage-operator-login"), login);
    await keys.press(this.button("manage-statistics-show"));
    await expect(page).toHaveURL(new RegExp(`operator=${login}`));
    const total = page.getByRole("row", { name: this.label("manage-statistics-total") });
    await expect(total.getByRole("cell", { name: "1", exact: true }).first()).toBeVisible();
  }

  /** Each act stands in its tab, with the names of this day: the company was made by the same account. */
  async findItInTheLog(): Promise<void> {
    const { login } = this.company.operator;
    const [slow = "", print = "", access = ""] = TYPES;
    await this.open("administrator", "usage-log");
    await this.openTab("departments");
    await this.finds("departments-create", DEPARTMENT);
    await this.openTab("operators");
    await this.finds("operators-create", DEPARTMENT, OPERATOR.login, OPERATOR.name);
    await this.finds("operators-update", this.label("manage-option-view-only"), OPERATOR.login);
    await this.openTab("support-types");
    for (const name of TYPES) await this.finds("support-types-create", name);
    await this.finds("support-types-reorder", [slow, access, print].join(" · "));
    await this.openTab("records");
    await this.finds("records-search", login);
    await this.finds("records-export", login);
    await this.finds("records-view", "No: 1");
    await this.openTab("statistics");
    await this.finds("statistics-view", text(this.language, "usage-value-kind-by-day"), login);
    await this.openTab("access");
    await this.finds("access-sign-in", "Chrome");
  }

  private async openTab(tab: string): Promise<void> {
    const tabs = this.page.getByRole("navigation", { name: this.text("manage-item-usage-log") });
    const name = this.label(`manage-usage-tab-${tab}`);
    await this.keys.press(tabs.getByRole("link", { name, exact: true }));
    await expect(tabs.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "page");
  }

  /** One line says so of the administrator, with these words. */
  private async finds(kind: string, ...words: string[]): Promise<void> {
    const said = [this.company.administrator.login, this.label(`usage-${kind}`), ...words];
    const found = said.reduce((rows, word) => rows.filter({ hasText: word }), this.rows);
    await expect(found, `${said}`).toHaveCount(1);
  }

  /** A page by the menus: the top one, then the one below. */
  private async open(section: string, item: string): Promise<void> {
    const top = this.page.getByRole("navigation").first();
    await this.keys.press(top.getByRole("link", { name: this.label(`manage-menu-${section}`), exact: true }));
    const heading = this.page.getByRole("heading", { name: this.label(`manage-item-${item}`), level: 1 });
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
    if (!(await heading.isVisible())) await this.keys.press(this.link(`manage-item-${item}`));
    await expect(heading).toBeVisible();
  }

  /** The one field of the dialog that has just opened. */
  private async name(key: string, name: string): Promise<void> {
    const dialog = this.page.getByRole("dialog");
    await this.keys.write(dialog.getByLabel(this.label(key), { exact: true }), name);
    await this.keys.press(dialog.getByRole("button", { name: this.label("shared-save"), exact: true }));
    await expect(dialog).toBeHidden();
  }

  private get rows() {
    return this.page.getByRole("row");
  }

  private field(key: string) {
    return this.page.getByLabel(this.label(key), { exact: true });
  }

  private button(key: string, values: Record<string, string> = {}) {
    return this.page.getByRole("button", { name: this.label(key, values), exact: true });
  }

  /** The button of a list to choose from, whose name begins with what is chosen. */
  private choice(key: string) {
    return this.page.getByRole("button", { name: new RegExp(`${this.label(key)}$`) });
  }

  private link(key: string) {
    return this.page.getByRole("link", { name: this.label(key), exact: true });
  }

  /** What the administrator looks for: the README names it. */
  private label(key: string, values: Record<string, string> = {}): string {
    return label(this.language, key, values);
  }

  /** What is there to be read, and nobody looks for. */
  private text(key: string): string {
    return text(this.language, key);
  }
}

async function readSheet(path: string): Promise<string[][]> {
  return JSON.parse(await Program.run("/usr/bin/python3", [join(e2eFolder, "parts", "sheet.py"), path])) as string[][];
}

/** One support, so that there is a record and a number. */
async function support(browser: Browser, server: Server, company: Company, language: Language): Promise<void> {
  const viewport = { width: 1280, height: 800 };
  const operator = await Operator.signIn(browser, server, company.operator, language, { viewport });
  const customer = await CustomerPage.open(browser, server, await operator.newSession(), language);
  await customer.connect();
  await operator.list();
  await operator.openNewest();
  await customer.agree();
  await expect(operator.page.locator("video:visible")).toBeVisible();
  await operator.end();
  await expect(customer.page.getByRole("button", { name: labels[language].stop, exact: true })).toBeHidden();
  await customer.close();
  await operator.context.close();
}
