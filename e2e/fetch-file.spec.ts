// Fetching alone: the customer's folders are read, and nothing in them is changed [F-17, Y-1].
import { expect, test } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { blake3, deleteMessage, FilesPanel, hasNoFolders, sendFileMessage } from "./parts/files.ts";
import { keepChannels, sendOn } from "./parts/hand-made.ts";

test("F-17 allowed: a fetched file comes as a download of the browser, and nothing can be sent or changed", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { two_way_file_transfer: false, send_file: false, fetch_file: true },
    prepare: async ({ page }) => {
      await keepChannels(page);
      await hasNoFolders(page);
    },
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    const content = randomBytes(5_000_000);
    await mkdir(join(home, "로그"));
    await writeFile(join(home, "로그", "오류 기록.log"), content);
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await files.entry("there", "로그").dblclick();
    await expect(files.entry("there", "오류 기록.log")).toBeVisible();
    for (const key of ["files-send-files", "files-new-folder", "files-rename", "files-delete"])
      await expect(files.all.getByRole("button", { name: files.say(key), exact: true })).toBeHidden();
    const download = page.waitForEvent("download");
    await files.entry("there", "오류 기록.log").click();
    await files.press("files-fetch");
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("오류 기록.log");
    expect((await readFile(await saved.path())).equals(content)).toBe(true);
    await files.done("오류 기록.log");
    await files.page.screenshot({ path: test.info().outputPath("fetch.png") });
    await expect.poll(() => at.lines("file-finished"), { timeout: 15_000 }).toMatchObject([
      { to_customer: false, path: join(home, "로그", "오류 기록.log"), blake3: await blake3(content) },
    ]);

    await sendOn(page, "files", deleteMessage(join(home, "로그")));
    await sendOn(page, "files", sendFileMessage("", "planted"));
    for (const what of ["files-change-forbidden", "files-send-forbidden"])
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain(what);
    expect(existsSync(join(home, "로그"))).toBe(true);
    expect(existsSync(join(home, "Downloads", "planted"))).toBe(false);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
