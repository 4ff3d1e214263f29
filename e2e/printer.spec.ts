// What the customer prints on the remote printer comes to the operator as PDF, by a real CUPS [S-12].
import { expect, test } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { Cups, pdfOf } from "./parts/cups.ts";
import { blake3 } from "./parts/files.ts";
import { field, keepChannels, nested, sendOn } from "./parts/hand-made.ts";
import { Program } from "./parts/program.ts";
import { text } from "./parts/translations.ts";

const NAME = /^Beside_[0-9a-f]{8}$/;

test("S-12 on: a document printed on the customer's PC comes to the operator as PDF, and the printer is gone afterwards", { tag: "@alone" }, async ({ browser }) => {
  const cups = await Cups.start();
  const at = await Case.start(browser, { options: { remote_printer: true } });
  Object.assign(at.desktop.env, cups.env);
  const say = (key: string, values: Record<string, string> = {}) => text("en", `console-printer-${key}`, values);
  try {
    const { page } = at.operator;
    expect(await cups.queues()).toEqual([]);
    const app = await at.join();
    await expect.poll(() => cups.queues(), { timeout: 30_000 }).toEqual([expect.stringMatching(NAME)]);
    const [queue = ""] = await cups.queues();
    await app.find("text", new RegExp(text("en", "customer-bar-printer-on")));

    const document = join(at.desktop.home, "보고서.pdf");
    await writeFile(document, pdfOf(["Beside prints this line.", "And another one."]));
    await cups.print(queue, document);
    const news = page.getByRole("status").filter({ hasText: "보고서.pdf" });
    await expect(news).toContainText("Printed document: 보고서.pdf, 2 pages", { timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath("news.png") });
    expect(page.context().pages()).toHaveLength(1);

    const download = page.waitForEvent("download");
    await news.getByRole("button", { name: `${say("save")}: 보고서.pdf` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("보고서.pdf");
    const path = await saved.path();
    expect(await Program.run("pdftotext", [path, "-"])).toMatch(/Beside prints this line\.[^]*And another one\./);
    await expect(news).toBeHidden();

    await at.operator.openTool("printer");
    await expect(page.getByText(say("is-on", { name: queue }))).toBeVisible();
    const listed = page.getByRole("list", { name: say("documents") }).getByRole("listitem");
    await expect(listed).toHaveCount(1);
    const viewer = page.waitForEvent("popup");
    await listed.getByRole("button", { name: `${say("open")}: 보고서.pdf` }).click();
    const tab = await viewer;
    expect(tab.url()).toMatch(/^blob:/);
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    await tab.close();
    await page.screenshot({ path: test.info().outputPath("panel.png") });
    await listed.getByRole("button", { name: `${say("discard")}: 보고서.pdf` }).click();
    await expect(page.getByText(say("none"))).toBeVisible();

    const digest = await blake3(await readFile(path));
    await expect
      .poll(() => at.lines("document-printed"), { timeout: 15_000 })
      .toMatchObject([{ name: "보고서.pdf", pages: 2, blake3: digest }]);
    expect(await at.lines("printer-on")).toMatchObject([{ name: queue }]);
    await page.getByText(say("switch")).click();
    await expect.poll(() => cups.queues(), { timeout: 15_000 }).toEqual([]);
    await page.getByText(say("switch")).click();
    await expect.poll(() => cups.queues(), { timeout: 30_000 }).toEqual([expect.stringMatching(NAME)]);
    await at.leave(app);
    await expect.poll(() => cups.queues(), { timeout: 15_000 }).toEqual([]);
  } finally {
    await at.stop();
    await cups.stop();
  }
});

test("S-12 off: no printer is offered, though a hand-made console asks for one", async ({ browser }) => {
  const cups = await Cups.start();
  const at = await Case.start(browser, { prepare: ({ page }) => keepChannels(page) });
  Object.assign(at.desktop.env, cups.env);
  try {
    const { page } = at.operator;
    const app = await at.join();
    await expect(page.getByRole("button", { name: text("en", "console-tools"), exact: true })).toBeEnabled();
    await page.getByRole("button", { name: text("en", "console-tools"), exact: true }).click();
    await expect(page.getByRole("menuitem", { name: text("en", "console-tool-name-drawing") })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: text("en", "console-tool-name-printer") })).toBeHidden();
    await page.keyboard.press("Escape");
    // PeerMessage { set_printer { on } }
    expect(await sendOn(page, "control", nested(29, field(1, 1)))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("printer-forbidden");
    expect(await cups.queues()).toEqual([]);
    expect(await at.lines("printer-on")).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
    await cups.stop();
  }
});
