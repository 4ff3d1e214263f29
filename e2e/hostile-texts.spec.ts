// What strangers call things: a machine, its programs and files, and who writes on it. Nothing of it is more than text.
import { expect, type Page, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signedIn } from "./parts/administrator.ts";
import { Case } from "./parts/case.ts";
import { FilesPanel, hasNoFolders } from "./parts/files.ts";
import { HandMadeCustomer } from "./parts/hand-made-customer.ts";
import { text } from "./parts/translations.ts";

/** The server's and the pages' tests have the same ones. */
const TEXTS = JSON.parse(readFileSync(join(import.meta.dirname, "parts/hostile-texts.json"), "utf8")) as string[];
const [SCRIPT = "", IMAGE = "", DRAWING = ""] = TEXTS;
/** A letter that cannot be seen, as the pages show it. */
const shown = (told: string) => told.replace(/[\p{Cc}\u2028-\u202e\u2060-\u206f\u200b\ufeff\uffff\ufffe\u{e0000}-\u{e007f}]/gu, "\ufffd");
/** As a page shows a name of a message: browsers take a byte order mark at its beginning away when they decode it. */
const decoded = (name: string) => shown(name.replace(/^\ufeff/, ""));
/** What the customer's file system takes as a name; those that look alike once. */
const NAMES = [...new Map(TEXTS.filter((name) => !/[/\0]/.test(name)).map((name) => [decoded(name), name])).values()];

/** Must be called before the page loads: keeps what its policy has refused, also in the windows that it opens. */
async function watch(page: Page): Promise<void> {
  const context = page.context();
  context.on("dialog", (dialog) => expect(dialog.message(), "no script of a stranger's runs").toBe(""));
  await context.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) => refused.push(`${violatedDirective} ${sample}`));
  });
}

/** Nothing ran, nothing tried to, and nothing of it is an element. */
async function isText(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const own = window as unknown as { hostile?: number; refused: string[] };
    const strange = "iframe, [onerror], [onload], a[href^='javascript'], img[src='x'], body script:not([src])";
    return { ran: own.hostile ?? null, refused: own.refused, elements: document.querySelectorAll(strange).length };
  });
  expect(found).toEqual({ ran: null, refused: [], elements: 0 });
}

test("GHSA-c7hr-448w-65px: what a customer's machine calls things stays text in every page", async ({ browser }) => {
  const at = await Case.start(browser, {
    prepare: async ({ page }) => {
      await watch(page);
      await hasNoFolders(page);
    },
  });
  try {
    const { page } = at.operator;
    const say = (key: string) => text(at.language, key);

    await test.step("a machine's own names, in the console", async () => {
      const code = await at.operator.newSession();
      const customer = await HandMadeCustomer.come(browser, at.server, code, { os: IMAGE, osVersion: DRAWING, hostName: SCRIPT });
      await expect(page.getByText(SCRIPT).filter({ visible: true }).first()).toBeVisible();
      await customer.agree();
      await expect.poll(async () => (await at.newestRecord()).timeline.map(({ kind }) => kind), { timeout: 20_000 }).toContain("consented");
      for (const told of TEXTS) await customer.report(told);
      await customer.stop();
      await expect.poll(async () => (await at.newestRecord()).end_reason, { timeout: 60_000 }).toBe("customer-stopped");
      await customer.close();
      await at.operator.list();
      await expect(page.getByText(SCRIPT).filter({ visible: true }).first()).toBeVisible();
      await isText(page);
    });
    const { id } = await at.newestRecord();

    await test.step("names of files and programs, and what is written, in the console", async () => {
      await mkdir(join(at.desktop.home, "texts"));
      for (const name of NAMES) await writeFile(join(at.desktop.home, "texts", name), "x");
      const program = join(at.desktop.home, IMAGE);
      await copyFile("/bin/sleep", program);
      await chmod(program, 0o755);
      at.desktop.run(program, ["7777"]);
      const app = await at.join();
      const files = await FilesPanel.open(at);
      await files.entry("there", "texts").dblclick();
      const seen = new Set<string>();
      await expect(async () => {
        for (const name of await files.entries("there").locator("bdi").allTextContents()) seen.add(name);
        await files.entries("there").evaluate((grid) => {
          const isAtEnd = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1;
          grid.scrollTop = isAtEnd ? 0 : grid.scrollTop + grid.clientHeight / 2;
        });
        expect([...seen].sort()).toEqual(NAMES.map(decoded).sort());
      }).toPass({ timeout: 40_000, intervals: [100] });
      const fetched = page.waitForEvent("download");
      await (await files.reach("there", IMAGE)).click();
      await files.press("files-fetch");
      expect((await readFile(await (await fetched).path())).toString()).toBe("x");
      await isText(files.page);
      await isText(page);
      await at.operator.openTool("process-info");
      await page.getByRole("searchbox", { name: say("console-filter"), exact: true }).fill("onerror");
      await expect(page.getByRole("table", { name: say("console-processes"), exact: true }).getByText(IMAGE).first()).toBeVisible();
      await at.operator.write(SCRIPT);
      await at.operator.reads(SCRIPT);
      await app.find("text", SCRIPT);
      await isText(page);
      await at.leave(app);
      expect(app.program.lines.filter((line) => line.includes("panicked"))).toEqual([]);
    });

    await test.step("all of it again, in the administrator's pages", async () => {
      const admin = await signedIn(browser, at.server, at.company, at.language);
      await watch(admin);
      const manage = `${at.server.url}/manage/${at.company.shortName}`;
      for (const place of ["records", `records/${id}`, "statistics/by-os", "usage-log"]) {
        await admin.goto(`${manage}/${place}`);
        await expect(admin.getByRole("main").getByRole("heading").first()).toBeVisible();
        if (place.startsWith("record")) await expect(admin.getByText(IMAGE).first()).toBeVisible();
        if (place === "statistics/by-os") await expect(admin.getByRole("table").getByText(IMAGE).first()).toBeVisible();
        await isText(admin);
      }
      await admin.goto(`${manage}/records/${id}`);
      for (const told of TEXTS.slice(0, 8)) await expect(admin.getByText(told).first()).toBeVisible();
      await isText(admin);
      await admin.context().close();
    });

    // Whatever was said, each line of the log is one of ours.
    expect(at.server.log.filter((line) => /[\p{Cc}\u202a-\u202e]|^(! )?2026-01-01|Root password/u.test(line))).toEqual([]);
  } finally {
    await at.stop();
  }
});
