// Sending alone: what is sent arrives in the customer's folder for downloads, and nothing else is touched [F-16, Y-1].
import { expect, test } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { fetchFileMessage, FilesPanel, hasNoFolders, listMessage, sendFileMessage } from "./parts/files.ts";
import { isOpen, keepChannels, sendOn } from "./parts/hand-made.ts";

test("F-16 allowed: what is sent arrives in Downloads beside what is there, and no folder is shown or read", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { two_way_file_transfer: false, send_file: true, fetch_file: false },
    prepare: async ({ page }) => {
      await keepChannels(page);
      await hasNoFolders(page);
    },
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    const downloads = join(home, "Downloads");
    await mkdir(downloads, { recursive: true });
    await writeFile(join(downloads, "안내문.pdf"), "already here");
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await expect(files.all.getByText(files.say("files-only-send"))).toBeVisible();
    await expect(files.entries("there")).toBeHidden();
    const content = randomBytes(200_000);
    const chooser = files.page.waitForEvent("filechooser");
    await files.press("files-send-files");
    await (await chooser).setFiles({ name: "안내문.pdf", mimeType: "application/pdf", buffer: content });
    await files.done("안내문.pdf");
    await files.page.screenshot({ path: test.info().outputPath("send.png") });
    expect(await readFile(join(downloads, "안내문.pdf"), "utf8")).toBe("already here");
    expect((await readFile(join(downloads, "안내문 (1).pdf"))).equals(content)).toBe(true);

    expect(await isOpen(page, "files")).toBe(true);
    await sendOn(page, "files", listMessage(home));
    await sendOn(page, "files", fetchFileMessage(join(downloads, "안내문.pdf")));
    await sendOn(page, "files", sendFileMessage(home, "planted"));
    for (const what of ["files-browse-forbidden", "files-fetch-forbidden", "files-folder-forbidden"])
      await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain(what);
    expect(existsSync(join(home, "planted"))).toBe(false);
    expect((await readdir(downloads)).sort()).toEqual(["안내문 (1).pdf", "안내문.pdf"]);
    expect(await at.lines("file-finished")).toMatchObject([{ to_customer: true, size_bytes: content.length }]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
