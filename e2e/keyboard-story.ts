// A day of an administrator, by the keyboard alone and by nothing but the labels: a department, an operator with an option of its
// own, support types in a chosen order, a record found and taken away, a statistic, and all of it in the usage log
// [B-1, B-2, C-1, D-1, D-4, D-5, E-1, E-2, G-3, R-1, R-3, R-4, T-2]. Played once in Korean and once in English.
import { type Browser, expect, type Page } from "@playwright/test";
import { type Company, makeCompany } from "./parts/api.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { Keyboard } from "./parts/keyboard.ts";
import { type Language, labels } from "./parts/labels.ts";
import { contextOf } from "./parts/looks.ts";
import { Operator } from "./parts/operator.ts";
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
  private readonly say;

  constructor(
    private readonly page: Page,
    private readonly company: Company,
    private readonly language: Language,
  ) {
    this.keys = new Keyboard(page);
    this.say = labels[language];
  }

  async signIn(): Promise<void> {
    const { administrator } = this.company;
    await this.keys.write(this.field(this.say.id), administrator.login);
    await this.keys.write(this.field(this.say.password), administrator.password);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("button", { name: this.say.signOut, exact: true })).toBeVisible();
  }

  async makeDepartment(): Promise<void> {
    await this.open("support", "departments");
    await this.keys.press(this.button(this.say.newDepartment));
    await this.name(DEPARTMENT);
    await expect(this.page.getByRole("button", { name: DEPARTMENT })).toBeVisible();
  }

  async makeOperator(): Promise<void> {
    const { keys, say } = this;
    await this.open("support", "new-operator");
    await keys.write(this.field(say.operatorName), OPERATOR.name);
    await keys.write(this.field(say.id), OPERATOR.login);
    await keys.write(this.field(say.password), OPERATOR.password);
    await keys.write(this.field(say.passwordConfirm), OPERATOR.password);
    await keys.choose(this.page.getByRole("button", { name: new RegExp(`${say.department}$`) }), DEPARTMENT);
    await keys.press(this.button(say.save));
    await expect(this.page.getByRole("heading", { name: `${OPERATOR.name} (${OPERATOR.login})` })).toBeVisible();
    const own = this.page.getByRole("radiogroup", { name: this.text("manage-option-view-only"), exact: true }).first();
    await keys.segment(own, this.text("manage-option-on"));
    await keys.press(this.button(this.text("manage-operator-save")));
    await keys.write(this.field(this.text("manage-administrator-password")), this.company.administrator.password);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByText(this.text("manage-saved"))).toBeVisible();
  }

  /** Made in one order, put into another. */
  async orderTypes(): Promise<void> {
    await this.open("support", "support-types");
    for (const name of TYPES) {
      await this.keys.press(this.page.getByRole("button", { name: this.say.newSupportType }));
      await this.name(name);
      await expect(this.rows.filter({ hasText: name })).toBeVisible();
    }
    const [slow = "", print = "", access = ""] = TYPES;
    await this.keys.row(this.rows, this.rows.filter({ hasText: access }));
    await this.keys.press(this.button(this.text("manage-move-up", { name: access })));
    await expect(this.rows).toHaveText([/Printer/, new RegExp(slow), new RegExp(access), new RegExp(print)]);
  }

  async findRecord(): Promise<void> {
    const { keys, page } = this;
    await this.open("records", "all-records");
    await keys.choose(page.getByRole("button", { name: new RegExp(`${this.text("manage-search-key")}$`) }), this.text("manage-record-key-operator-login"));
    await keys.write(this.field(this.text("manage-search-text")), this.company.operator.login);
    await keys.press(this.button(this.text("manage-search")));
    await expect(page).toHaveURL(/operator_login=kim01/);
    const [file] = await Promise.all([page.waitForEvent("download"), keys.press(this.link(this.text("manage-save-as-excel")))]);
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    await keys.press(this.link(this.company.operator.login));
    await expect(page.getByText(this.company.operator.name).first()).toBeVisible();
  }

  async readStatistic(): Promise<void> {
    await this.open("statistics", "by-day");
    const total = this.page.getByRole("row", { name: this.text("manage-statistics-total") });
    await expect(total.getByRole("cell", { name: "1", exact: true }).first()).toBeVisible();
  }

  /** Each act stands in its tab. */
  async findItInTheLog(): Promise<void> {
    await this.open("administrator", "usage-log");
    const tabs = this.page.getByRole("navigation", { name: this.text("manage-item-usage-log") });
    const acts: [string, string[]][] = [
      ["departments", ["departments-create"]],
      ["operators", ["operators-create", "operators-update"]],
      ["support-types", ["support-types-create", "support-types-reorder"]],
      ["records", ["records-search", "records-export", "records-view"]],
      ["statistics", ["statistics-view"]],
      ["access", ["access-sign-in"]],
    ];
    for (const [tab, kinds] of acts) {
      await this.keys.press(tabs.getByRole("link", { name: this.text(`manage-usage-tab-${tab}`), exact: true }));
      for (const kind of kinds) {
        const act = this.page.getByRole("cell", { name: text(this.language, `usage-${kind}`), exact: true });
        await expect(act.first()).toBeVisible();
      }
    }
  }

  /** A page by the menus: the top one, then the one below. */
  private async open(section: string, item: string): Promise<void> {
    const top = this.page.getByRole("navigation").first().getByRole("link", { name: this.text(`manage-menu-${section}`), exact: true });
    await this.keys.press(top);
    const name = this.text(`manage-item-${item}`);
    const heading = this.page.getByRole("heading", { name, level: 1 });
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
    if (!(await heading.isVisible())) await this.keys.press(this.link(name));
    await expect(heading).toBeVisible();
  }

  /** The one field of the dialog that has just opened, which has the focus already. */
  private async name(name: string): Promise<void> {
    await this.keys.write(this.page.getByRole("dialog").getByRole("textbox"), name);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("dialog")).toBeHidden();
  }

  private get rows() {
    return this.page.getByRole("row");
  }

  private field(name: string) {
    return this.page.getByLabel(name, { exact: true });
  }

  private button(name: string) {
    return this.page.getByRole("button", { name, exact: true });
  }

  private link(name: string) {
    return this.page.getByRole("link", { name, exact: true });
  }

  private text(key: string, values: Record<string, string> = {}): string {
    return text(this.language, key, values);
  }
}

/** One support, so that there is a record and a number. */
async function support(browser: Browser, server: Server, company: Company, language: Language): Promise<void> {
  const viewport = { width: 1280, height: 800 };
  const operator = await Operator.signIn(browser, server, company.operator, language, undefined, viewport);
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
