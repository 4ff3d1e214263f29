// The operator's console as a person works it.
import { type Browser, type BrowserContext, type CDPSession, expect, type Locator, type Page } from "@playwright/test";
import type { Account, Company } from "./api.ts";
import { Ime } from "./ime.ts";
import { type Labels, type Language, labels } from "./labels.ts";
import { decodePng } from "./png.ts";
import type { Server } from "./server.ts";
import { text } from "./translations.ts";

/** What a page is given before the console loads in it. */
export type Prepare = (opened: { page: Page }) => Promise<void>;

export interface OperatorOptions {
  /** In the address. */
  company?: string;
  /** `null`: as large as the window. */
  viewport?: { width: number; height: number } | null;
  prepare?: Prepare | undefined;
}

export class Operator {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly say: Labels,
    private readonly devtools: CDPSession,
    private readonly language: Language,
  ) {}

  /** Opens the console in a browser of the operator's own and signs in. */
  static async signIn(
    browser: Browser,
    server: Server,
    account: Account,
    language: Language,
    options: OperatorOptions = {},
  ): Promise<Operator> {
    const operator = await Operator.enter(browser, server, account, language, options);
    await operator.isIn();
    return operator;
  }

  /** The same where the test is about something else: signed in by the contract before the console loads. */
  static async signedIn(browser: Browser, server: Server, { shortName, operator: account }: Company, language: Language, options: OperatorOptions = {}): Promise<Operator> {
    const operator = await Operator.come(browser, language, options);
    const signIn = { company: shortName, id: account.login, password: account.password };
    const answer = await operator.context.request.post(`${server.url}/api/console/sign-in`, { headers: { Origin: server.url }, data: signIn });
    if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
    await operator.page.goto(`${server.url}/console`);
    await operator.isIn();
    return operator;
  }

  /** The same in the place of a console that the operator has open elsewhere [S-01]. */
  static async takeOver(browser: Browser, server: Server, account: Account, language: Language): Promise<Operator> {
    const operator = await Operator.enter(browser, server, account, language, {});
    await operator.page.getByRole("button", { name: text(language, "console-elsewhere-end"), exact: true }).click();
    await operator.isIn();
    return operator;
  }

  private static async enter(browser: Browser, server: Server, account: Account, language: Language, options: OperatorOptions): Promise<Operator> {
    const operator = await Operator.come(browser, language, options);
    const { page, say } = operator;
    await page.goto(`${server.url}/console${options.company === undefined ? "" : `/${options.company}`}`);
    await page.getByRole("textbox", { name: say.id, exact: true }).fill(account.login);
    await page.getByLabel(say.password, { exact: true }).fill(account.password);
    await page.getByRole("button", { name: say.signIn, exact: true }).click();
    return operator;
  }

  private static async come(browser: Browser, language: Language, { viewport = { width: 1360, height: 860 }, prepare }: OperatorOptions): Promise<Operator> {
    const locale = language === "ko" ? "ko-KR" : "en-US";
    const context = await browser.newContext({ locale, viewport, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await prepare?.({ page });
    return new Operator(page, context, labels[language], await context.newCDPSession(page), language);
  }

  private async isIn(): Promise<void> {
    await expect(this.page.getByRole("button", { name: this.say.newSession, exact: true }).first()).toBeVisible();
  }

  /** Another window of the same operator's browser, where they are signed in already. */
  async another(url: string, company?: string): Promise<Operator> {
    const page = await this.context.newPage();
    await page.goto(`${url}/console${company === undefined ? "" : `/${company}`}`);
    await expect(page.getByRole("button", { name: this.say.newSession, exact: true }).first()).toBeVisible();
    return new Operator(page, this.context, this.say, await this.context.newCDPSession(page), this.language);
  }

  /** Makes a session and gives its six digits. */
  async newSession(): Promise<string> {
    await this.page.getByRole("button", { name: this.say.newSession, exact: true }).first().click();
    return this.code();
  }

  /** The six digits that the console shows. */
  async code(): Promise<string> {
    const code = this.page.getByRole("status", { name: this.say.connectionCode, exact: true });
    await expect(code).toHaveText(/^\d{3}\s?\d{3}$/);
    return ((await code.textContent()) ?? "").replace(/\s/g, "");
  }

  /** Until what is done here reaches the customer's desktop: control is there, and the customer's own hands have rested. */
  async hasControl(): Promise<void> {
    await expect(this.page.getByRole("button", { name: this.say.control, exact: true, pressed: true })).toBeVisible();
    await expect(this.says("console-control-customer-active")).toBeHidden();
  }

  /** A text of the console in the tab that is shown. */
  says(key: string): Locator {
    return this.page.getByText(text(this.language, key)).filter({ visible: true }).first();
  }

  /** Opens a tool of the menu 도구 [Tools]; `name` is its key in the console's texts. */
  async openTool(name: string): Promise<void> {
    await this.page.getByRole("button", { name: text(this.language, "console-tools"), exact: true }).click();
    await this.page.getByRole("menuitem", { name: text(this.language, `console-tool-name-${name}`), exact: true }).click();
  }

  /** Back to the list; tabs stay. */
  async list(): Promise<void> {
    await this.page.getByRole("button", { name: this.say.sessions, exact: true }).click();
  }

  /** Opens the newest session of the list. */
  async openNewest(): Promise<void> {
    await this.page.getByRole("button", { name: this.say.openSession }).first().click();
  }

  /** The operator turns to another window, which has the keyboard then. */
  async losesFocus(): Promise<void> {
    // Else every page of the tests believes that it has it.
    await this.devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
    const other = await this.context.newPage();
    await other.bringToFront();
    await other.close();
    await this.page.bringToFront();
    await this.devtools.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  }

  /** The page's process ends at once. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent("crash");
    // Nothing is left that could answer.
    this.devtools.send("Page.crash").catch(() => undefined);
    await crashed;
    await this.page.close();
  }

  /** Width and height of the picture, in the customer's pixels. */
  async pictureSize(): Promise<{ width: number; height: number }> {
    return this.picture.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return { width, height };
    });
  }

  /** The exact picture of the customer's screen. */
  get picture(): Locator {
    return this.page.locator("canvas:visible").first();
  }

  get exactSign(): Locator {
    return this.page.getByText(this.say.exact, { exact: true });
  }

  /** Where a pixel of the customer's desktop stands in the page. */
  async place(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.picture.boundingBox();
    if (box === null) throw new Error("the console shows no picture");
    const size = await this.pictureSize();
    return { x: box.x + ((x + 0.5) * box.width) / size.width, y: box.y + ((y + 0.5) * box.height) / size.height };
  }

  async click(x: number, y: number): Promise<void> {
    const place = await this.place(x, y);
    await this.page.mouse.move(place.x, place.y);
    await this.page.mouse.click(place.x, place.y);
  }

  /** The colour that the operator sees where this pixel of the desktop is. */
  async colourAt(x: number, y: number): Promise<string> {
    const place = await this.place(x, y);
    const clip = { x: Math.floor(place.x), y: Math.floor(place.y), width: 1, height: 1 };
    return decodePng(await this.page.screenshot({ clip })).at(0, 0);
  }

  async seesColour(colour: string, x: number, y: number): Promise<void> {
    // While the picture comes there may be nothing at that place yet.
    await expect.poll(() => this.colourAt(x, y).catch(() => "nowhere"), { message: `colour at ${x},${y}`, timeout: 15_000 }).toBe(colour);
  }

  /** The operator's Korean IME. */
  get ime(): Ime {
    return new Ime(this.page, this.devtools);
  }

  /** Types Latin letters as keys and Korean as the operator's own IME does: jamo by jamo, then committed. */
  async type(written: string): Promise<void> {
    for (const part of written.split(/([\u3131-\u318e\uac00-\ud7a3]+)/).filter((each) => each !== "")) {
      if (!/[\u3131-\u318e\uac00-\ud7a3]/.test(part)) await this.page.keyboard.type(part, { delay: 30 });
      else for (const syllable of part) await this.compose(syllable);
    }
  }

  async write(line: string): Promise<void> {
    await this.tab(this.say.chat);
    const field = this.page.getByRole("textbox", { name: this.say.message, exact: true });
    await field.fill(line);
    await this.page.getByRole("button", { name: this.say.send, exact: true }).click();
  }

  async reads(line: string): Promise<void> {
    await this.tab(this.say.chat);
    await expect(this.page.getByRole("list", { name: this.say.chat, exact: true }).getByText(line, { exact: true })).toBeVisible();
  }

  /** 지원기록 작성 [R-5]. */
  async fillRecord(values: { supportType: string; customerName: string; memo: string }): Promise<void> {
    await this.tab(this.say.record);
    await this.page.getByRole("button", { name: new RegExp(`${this.say.supportType}`) }).last().click();
    await this.page.getByRole("option", { name: values.supportType, exact: true }).click();
    await this.page.getByText(this.say.resolved, { exact: true }).click();
    await this.page.getByRole("textbox", { name: this.say.customerName, exact: true }).fill(values.customerName);
    await this.page.getByRole("textbox", { name: this.say.memo, exact: true }).fill(values.memo);
    await this.page.getByRole("button", { name: this.say.save, exact: true }).click();
    await expect(this.page.getByRole("status").filter({ hasText: /.+/ }).last()).toBeVisible();
  }

  /** One pixel of the page for one of the customer's screen. */
  async originalSize(): Promise<void> {
    await this.view(this.say.originalSize);
  }

  /** Chooses in the menu 화면 [View]. */
  async view(name: string): Promise<void> {
    await this.page.getByRole("button", { name: text(this.language, "console-view"), exact: true }).click();
    const menu = this.page.getByRole("menu");
    await expect(menu).toBeVisible();
    const [item, radio, checkbox] = [menu.getByRole("menuitem", { name }), menu.getByRole("menuitemradio", { name }), menu.getByRole("menuitemcheckbox", { name })];
    const stays = await checkbox.isVisible();
    await item.or(radio).or(checkbox).click();
    // A choice among many leaves the menu open.
    if (stays) await this.page.keyboard.press("Escape");
  }

  /** Ends the session here. */
  async end(): Promise<void> {
    await this.page.getByRole("button", { name: this.say.end, exact: true }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: this.say.end, exact: true }).click();
  }

  private async tab(name: string): Promise<void> {
    // What the pointer rests on may tell of itself over the tabs.
    await this.page.mouse.move(0, 0);
    await this.page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
  }

  /** One syllable: its beginning, its middle, the whole, and the commit. */
  private async compose(syllable: string): Promise<void> {
    for (const step of syllable.normalize("NFD").split("").map((_, index, jamo) => jamo.slice(0, index + 1).join("").normalize("NFC"))) {
      await this.devtools.send("Input.imeSetComposition", { text: step, selectionStart: step.length, selectionEnd: step.length });
      await this.page.waitForTimeout(20);
    }
    await this.devtools.send("Input.insertText", { text: syllable });
    await this.page.waitForTimeout(20);
  }
}
