// A session in which every tool is used, by nothing but the labels that the README names, and each stands in the record afterwards
// [F-02 to F-11, F-13 to F-15, F-18, S-11, S-12, X-10, R-3, R-5].
import { type Browser, chromium, expect, test } from "@playwright/test";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signedIn } from "./parts/administrator.ts";
import { addOperator } from "./parts/api.ts";
import type { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";
import { Cups, pdfOf } from "./parts/cups.ts";
import { Desktop, type Rgb } from "./parts/desktop.ts";
import { FilesPanel, ownFile, picksOwnFolder } from "./parts/files.ts";
import { contextOf } from "./parts/looks.ts";
import { installOpener } from "./parts/opener.ts";
import { Operator } from "./parts/operator.ts";
import { label } from "./parts/readme.ts";
import { Sound } from "./parts/sound.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

const LANGUAGE = "ko";
const SECOND = { name: "박두번 Park", login: "park02", password: "Passw0rd-e2e" };
const PRINTED = "보고서.pdf";
/** The tab that the operator shows, and its colour. */
const SHOWN = "Shown to the customer";
const GREEN: Rgb = [0x10, 0xa0, 0x40];

/** What the record has of each tool, in any order. */
const KINDS = [
  ...["right-taken-back", "right-asked", "right-allowed", "right-refused", "control-changed"],
  ...["file-finished", "clipboard", "printer-on", "document-printed"],
  ...["part-asked", "part-declined", "capture-kept", "recording-begun", "recording-kept"],
  ...["voice-started", "voice-ended-by-operator", "reboot-asked", "reboot-refused"],
  ...["second-invited", "second-accepted", "second-allowed", "second-joined", "second-left", "record-edited"],
];
const OWN_KINDS = ["operator-screen", "operator-control"].flatMap((tool) => [`${tool}-started`, `${tool}-ended-by-operator`]);
const TOOLS = ["url-open", "favourite-open", "system-view", "processes-view", "process-end", "screen-capture", "drawing-begun", "drawing-ended"];

test("every tool is found by the label that the README names, and stands in the record", async () => {
  const [mine, theirs, cups] = await Promise.all([Sound.start(), Sound.start(), Cups.start()]);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: chromiumArguments,
    env: { ...process.env, ...mine.env } as Record<string, string>,
  });
  const at = await Case.start(browser, {
    language: LANGUAGE,
    desktop: { logind: "yes" },
    options: { remote_printer: true },
    prepare: ({ page }) => picksOwnFolder(page),
  });
  try {
    await at.operator.context.grantPermissions(["microphone", "clipboard-read", "clipboard-write"]);
    Object.assign(at.desktop.env, theirs.env, cups.env);
    const session = await Session.begin(at);
    await session.asksForARight();
    await session.controls();
    await session.writes();
    await session.records();
    await session.movesAFile();
    await session.copies();
    await session.opensPlaces();
    await session.looksAtTheMachine();
    await session.capturesAndDraws();
    await session.asksForAPart();
    await session.offersTheirOwn();
    await session.talks();
    await session.prints(cups);
    await session.bringsAnother(browser);
    await session.asksForARestart();
    await session.endsAndWrites();
    await session.isInTheRecord(KINDS, TOOLS);
    await session.isShownToTheAdministrator(browser);
  } finally {
    await at.stop();
    await browser.close();
    await Promise.all([mine.stop(), theirs.stop(), cups.stop()]);
  }
});

test("what operators show of their own is found by the labels that the README names, and stands in the record", async () => {
  const args = [...chromiumArguments, `--auto-select-tab-capture-source-by-title=${SHOWN}`];
  const browser = await chromium.launch({ executablePath: chromiumPath, args });
  const at = await Case.start(browser, { language: LANGUAGE, prepare: ({ page }) => picksOwnFolder(page) });
  try {
    const session = await Session.begin(at);
    await session.showsTheirScreen();
    await session.lendsTheirComputer(browser);
    await session.endsAndWrites();
    await session.isInTheRecord(OWN_KINDS, []);
  } finally {
    await at.stop();
    await browser.close();
  }
});

class Session {
  private constructor(
    private readonly at: Case,
    private readonly app: App,
    private readonly target: Target,
    private readonly addresses: () => Promise<string[]>,
  ) {}

  static async begin(at: Case): Promise<Session> {
    const addresses = await installOpener(at.desktop);
    const target = await Target.start(at.desktop, "320x240+20+540");
    await ownFile(at.operator.page, "메모.txt", Buffer.from("새 메모"));
    await at.operator.page.getByRole("button", { name: label(LANGUAGE, "console-new-session"), exact: true }).first().click();
    const app = await at.arrive(await at.operator.code());
    await app.press("button", at.operator.say.agree);
    await expect(at.operator.exactSign).toBeVisible();
    return new Session(at, app, target, addresses);
  }

  async asksForARight(): Promise<void> {
    const rights = text(LANGUAGE, "customer-rights");
    await this.app.press("button", rights);
    await this.app.press("switch", text(LANGUAGE, "customer-may-see-system-and-processes"));
    await expect.poll(async () => (await this.at.lines("right-taken-back")).length, { timeout: 15_000 }).toBe(1);
    await this.app.press("button", rights);
    await this.press("console-right-ask");
    const right = text(LANGUAGE, "console-right-see-system");
    await this.page.getByRole("menuitem", { name: right, exact: true }).click();
    await this.app.answer(text(LANGUAGE, "customer-ask-allow"), this.page.getByText(text(LANGUAGE, "console-right-is-allowed", { right })));
  }

  async controls(): Promise<void> {
    await this.at.operator.hasControl();
    // The keyboard is with another program than the app, whose own windows nobody else may press in.
    const before = this.target.lineCount;
    await this.at.operator.click(this.target.middle.x, this.target.middle.y);
    await this.target.nextColour(before);
    await this.press("console-special-keys");
    await this.page.getByRole("menuitem", { name: text(LANGUAGE, "console-keys-super"), exact: true }).click();
    await this.press("console-view");
    await this.page.getByRole("menuitemradio", { name: text(LANGUAGE, "console-quality-sharp") }).click();
    await expect(this.page.getByRole("button", { name: label(LANGUAGE, "console-control"), exact: true })).toBeVisible();
  }

  async writes(): Promise<void> {
    await this.page.getByRole("tab", { name: new RegExp(`^${label(LANGUAGE, "console-chat")}`) }).click();
    await this.at.operator.write("무엇을 도와 드릴까요?");
    await this.app.find("text", "무엇을 도와 드릴까요?");
  }

  async records(): Promise<void> {
    await this.tool("screen-recording");
    await this.app.find("switch", text(LANGUAGE, "customer-recording-stop"));
  }

  async movesAFile(): Promise<void> {
    const opened = this.page.waitForEvent("popup");
    await this.press("console-files");
    const files = await FilesPanel.shownIn(this.at, await opened);
    await files.pick();
    await (await files.reach("here", "메모.txt")).click();
    await files.press("files-send");
    await files.done("메모.txt");
    await files.page.close();
  }

  async copies(): Promise<void> {
    const copied = join(this.at.desktop.home, "copied.txt");
    await writeFile(copied, "복사한 글");
    this.at.desktop.run("xclip", ["-selection", "clipboard", "-quiet", "-i", copied]);
    await expect.poll(async () => (await this.at.lines("clipboard")).length, { timeout: 20_000 }).toBeGreaterThan(0);
    // On by itself where the option is; off and on again.
    const name = label(LANGUAGE, "console-tool-name-clipboard");
    for (const state of ["on", "off"]) {
      await this.press("console-tools");
      const item = this.page.getByRole("menuitem", { name: new RegExp(`^${name}`) });
      await expect(item).toContainText(text(LANGUAGE, `console-switch-${state}`));
      await item.click();
    }
  }

  async opensPlaces(): Promise<void> {
    await this.tool("send-url");
    await this.page.getByRole("textbox", { name: text(LANGUAGE, "console-url-address"), exact: true }).fill("example.com/help");
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-url-open"), exact: true }).click();
    await expect.poll(this.addresses).toEqual(["https://example.com/help"]);
    await this.tool("favourites");
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-favourite-add"), exact: true }).click();
    const form = this.page.getByRole("dialog");
    await form.getByRole("textbox", { name: text(LANGUAGE, "console-favourite-name"), exact: true }).fill("도움말");
    await form.getByRole("button", { name: new RegExp(text(LANGUAGE, "console-favourite-kind")) }).click();
    await this.page.getByRole("option", { name: text(LANGUAGE, "console-favourite-url"), exact: true }).click();
    await form.getByRole("textbox", { name: text(LANGUAGE, "console-favourite-target-url"), exact: true }).fill("example.com/more");
    await form.getByRole("button", { name: text(LANGUAGE, "shared-save"), exact: true }).click();
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-favourite-open-of", { name: "도움말" }), exact: true }).click();
    await expect.poll(this.addresses).toEqual(["https://example.com/help", "https://example.com/more"]);
  }

  async looksAtTheMachine(): Promise<void> {
    const program = join(this.at.desktop.home, "멈춘 프로그램");
    await writeFile(program, "#!/bin/sh\nexec sleep 7777\n");
    await chmod(program, 0o755);
    const sleeper = this.at.desktop.run(program, []);
    await this.tool("system-info");
    await expect(this.page.getByRole("region", { name: label(LANGUAGE, "console-tool-name-system-info"), exact: true })).toBeVisible();
    await this.tool("process-info");
    await this.page.getByRole("searchbox", { name: text(LANGUAGE, "console-filter"), exact: true }).fill("7777");
    const row = this.page.getByRole("table", { name: text(LANGUAGE, "console-processes"), exact: true }).getByRole("row").filter({ hasText: `${sleeper.pid} ·` });
    await row.getByRole("button").click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: text(LANGUAGE, "console-process-end"), exact: true }).click();
    await expect.poll(() => sleeper.isRunning).toBe(false);
  }

  async capturesAndDraws(): Promise<void> {
    await this.press("console-tool-name-screen-capture");
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-capture-keep"), exact: true }).click();
    await expect.poll(async () => (await this.at.lines("capture-kept")).length, { timeout: 20_000 }).toBe(1);
    await this.page.keyboard.press("Escape");
    await this.press("console-tool-name-drawing");
    const bar = this.page.getByRole("toolbar", { name: label(LANGUAGE, "console-tool-name-drawing"), exact: true });
    await bar.getByRole("button", { name: text(LANGUAGE, "console-drawing-arrow"), exact: true }).click();
    const [from, to] = [await this.at.operator.place(200, 700), await this.at.operator.place(400, 600)];
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await this.page.mouse.up();
    await bar.getByRole("button", { name: text(LANGUAGE, "console-drawing-done"), exact: true }).click();
    await expect(bar).toBeHidden();
  }

  async asksForAPart(): Promise<void> {
    await this.tool("partial-share");
    await this.page.getByRole("radio", { name: text(LANGUAGE, "console-part-window"), exact: true }).click({ force: true });
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-part-ask"), exact: true }).click();
    await this.app.press("button", text(LANGUAGE, "customer-part"));
    await this.app.answer(text(LANGUAGE, "customer-part-decline"), this.at.operator.says("console-part-declined"));
  }

  async talks(): Promise<void> {
    await this.press("console-voice");
    await this.app.answer(text(LANGUAGE, "customer-ask-allow"), this.at.operator.says("console-voice-on"));
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-voice-end"), exact: true }).filter({ visible: true }).click();
    await expect(this.at.operator.says("console-voice-on")).toBeHidden();
  }

  /** The operator's own computer for the customer to control, who does not want to. */
  async offersTheirOwn(): Promise<void> {
    await this.tool("operator-control");
    await this.app.answer(text(LANGUAGE, "customer-ask-refuse"), this.at.operator.says("console-operator-control-refused"));
  }

  /** A screen, window or tab of the operator's: here a tab of one colour, since this browser has no screen. */
  async showsTheirScreen(): Promise<void> {
    const shown = await this.at.operator.context.newPage();
    await shown.setContent(`<title>${SHOWN}</title><body style="background: rgb(${GREEN.join()})">`);
    await this.page.bringToFront();
    await this.tool("operator-screen");
    await this.app.answer(text(LANGUAGE, "customer-ask-allow"), this.at.operator.says("console-operator-screen-on"));
    await expect.poll(() => this.at.desktop.seen(GREEN), { timeout: 30_000 }).toBeGreaterThan(20_000);
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-operator-screen-stop"), exact: true }).click();
    await expect(this.at.operator.says("console-operator-screen-on")).toHaveCount(0);
    await expect.poll(() => this.at.desktop.seen(GREEN)).toBeLessThan(1_000);
    await shown.close();
  }

  /** The operator's own computer, and the customer controls it from a page. */
  async lendsTheirComputer(browser: Browser): Promise<void> {
    const { at } = this;
    const before = (await this.addresses()).length;
    await this.tool("operator-control");
    await this.app.answer(text(LANGUAGE, "customer-ask-allow"), at.operator.says("console-operator-control-start"));
    await expect.poll(async () => (await this.addresses()).length).toBe(before + 1);
    const own = await Desktop.start();
    const viewer = await (await browser.newContext(contextOf(LANGUAGE))).newPage();
    try {
      const app = await at.ownApp(own);
      await viewer.goto((await this.addresses()).at(-1) ?? "");
      await app.press("button", at.operator.say.agree);
      await expect(viewer.getByText(text(LANGUAGE, "viewer-controls"), { exact: true })).toBeVisible();
      await this.page.getByRole("button", { name: text(LANGUAGE, "console-operator-control-stop"), exact: true }).click();
      await expect(viewer.getByText(text(LANGUAGE, "viewer-ended-title"), { exact: true })).toBeVisible();
    } finally {
      await viewer.context().close();
      await own.stop();
    }
  }

  async prints(cups: Cups): Promise<void> {
    await expect.poll(() => cups.queues(), { timeout: 30_000 }).toHaveLength(1);
    const document = join(this.at.desktop.home, PRINTED);
    await writeFile(document, pdfOf(["A page."]));
    const [queue = ""] = await cups.queues();
    await cups.print(queue, document);
    await this.tool("printer");
    await expect(this.page.getByRole("list", { name: text(LANGUAGE, "console-printer-documents") }).getByText(PRINTED)).toBeVisible({ timeout: 60_000 });
  }

  async bringsAnother(browser: Browser): Promise<void> {
    const { company, server } = this.at;
    await addOperator(company.manage, company.departmentId, SECOND);
    const second = await Operator.signIn(browser, server, SECOND, LANGUAGE);
    await this.press("console-second-invite");
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("radio", { name: new RegExp(SECOND.name) }).check();
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-second-send"), exact: true }).click();
    await second.page.getByRole("button", { name: text(LANGUAGE, "console-second-accept"), exact: true }).click();
    await this.app.answer(text(LANGUAGE, "customer-ask-allow"), second.exactSign);
    const leave = text(LANGUAGE, "console-second-leave");
    await second.page.getByRole("button", { name: leave, exact: true }).click();
    await second.page.getByRole("dialog").getByRole("button", { name: leave, exact: true }).click();
    await expect.poll(async () => (await this.at.lines("second-left")).length, { timeout: 15_000 }).toBe(1);
    await second.context.close();
  }

  async asksForARestart(): Promise<void> {
    await this.tool("auto-reconnect");
    await this.page.getByRole("button", { name: text(LANGUAGE, "console-reboot-ask"), exact: true }).click();
    await this.app.answer(text(LANGUAGE, "customer-ask-refuse"), this.at.operator.says("console-reboot-refused"));
  }

  async endsAndWrites(): Promise<void> {
    const end = label(LANGUAGE, "console-end");
    await this.press("console-end");
    await this.page.getByRole("dialog").getByRole("button", { name: end, exact: true }).click();
    await this.page.getByRole("tab", { name: new RegExp(`^${label(LANGUAGE, "console-record")}`) }).click();
    await this.page.getByRole("textbox", { name: this.at.operator.say.memo, exact: true }).fill("용지 걸림");
    await this.page.getByRole("button", { name: this.at.operator.say.save, exact: true }).click();
    await expect.poll(async () => (await this.at.newestRecord()).memo).toBe("용지 걸림");
  }

  async isInTheRecord(wantedKinds: string[], wantedTools: string[]): Promise<void> {
    const { at } = this;
    const found = async () => {
      const { timeline } = await at.newestRecord();
      const kinds = new Set(timeline.map(({ kind }) => kind));
      const used = new Set(timeline.filter(({ kind }) => kind === "tool-used").map(({ detail }) => detail["tool"]));
      return { missing: [...wantedKinds.filter((kind) => !kinds.has(kind)), ...wantedTools.filter((tool) => !used.has(tool))] };
    };
    await expect.poll(found, { timeout: 30_000 }).toEqual({ missing: [] });
    const { timeline, sealed } = await at.newestRecord();
    expect(sealed).not.toBeNull();
    // Nothing that the console offers is refused; what was under way when a connection closed comes out of order.
    const refused = timeline.filter(({ kind, detail }) => kind === "refused" && detail["what"] !== "message-out-of-order");
    expect(refused).toEqual([]);
    expect(this.app.program.lines.filter((line) => line.includes("panicked"))).toEqual([]);
  }

  async isShownToTheAdministrator(browser: Browser): Promise<void> {
    const { at } = this;
    const { id } = await at.newestRecord();
    const manage = await signedIn(browser, at.server, at.company, LANGUAGE);
    await manage.goto(`${at.server.url}/manage/${at.company.shortName}/records/${id}`);
    for (const shown of ["example.com/help", "example.com/more", "메모.txt", PRINTED, SECOND.name, "무엇을 도와 드릴까요?", "용지 걸림"]) {
      await expect(manage.getByRole("main").getByText(shown).first()).toBeVisible();
    }
    await manage.screenshot({ path: test.info().outputPath("record.png"), fullPage: true });
    await manage.context().close();
  }

  private get page() {
    return this.at.operator.page;
  }

  private async press(key: string): Promise<void> {
    await this.page.getByRole("button", { name: label(LANGUAGE, key), exact: true }).filter({ visible: true }).first().click();
  }

  /** Two presses. */
  private async tool(name: string): Promise<void> {
    await this.press("console-tools");
    await this.page.getByRole("menuitem", { name: label(LANGUAGE, `console-tool-name-${name}`), exact: true }).click();
  }
}
