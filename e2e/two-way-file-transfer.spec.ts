// Files in both directions between the operator's computer and the customer's [F-02, R-3, S-07, Y-1].
import { expect, test } from "@playwright/test";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import {
  blake3,
  deleteMessage,
  FilesPanel,
  fetchFileMessage,
  filesOfferMessage,
  largeOwnFile,
  ownFile,
  ownFiles,
  picksOwnFolder,
  sendFileMessage,
} from "./parts/files.ts";
import { isOpen, keepChannels, sendOn } from "./parts/hand-made.ts";
import { text } from "./parts/translations.ts";

const MIB = 1024 * 1024;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** F-02: whole and the same on the other side, and the record says so by its digest. */
test("F-02 allowed, S-08 off: a file with a Korean name goes both ways in a window of its own, and the record has its BLAKE3", async ({ browser }) => {
  const at = await Case.start(browser, { prepare: ({ page }) => picksOwnFolder(page) });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    const [sent, fetched] = [randomBytes(3 * MIB + 1), randomBytes(2 * MIB)];
    await ownFile(page, "보고서 (최종).hwp", sent);
    await writeFile(join(home, "고객의 사진.png"), fetched);
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await files.pick();
    await (await files.reach("here", "보고서 (최종).hwp")).click();
    await files.press("files-send");
    await files.done("보고서 (최종).hwp");
    expect(sha256(await readFile(join(home, "보고서 (최종).hwp")))).toBe(sha256(sent));
    await expect(await files.reach("there", "보고서 (최종).hwp")).toBeVisible();

    await (await files.reach("there", "고객의 사진.png")).click();
    await files.press("files-fetch");
    await files.done("고객의 사진.png");
    expect((await ownFiles(page))["고객의 사진.png"]).toBe(sha256(fetched));
    await expect(await files.reach("here", "고객의 사진.png")).toBeVisible();

    await expect.poll(async () => (await at.lines("file-finished")).length, { timeout: 15_000 }).toBe(2);
    const lines = await at.lines("file-finished");
    expect(lines).toMatchObject([
      { to_customer: true, path: join(home, "보고서 (최종).hwp"), size_bytes: sent.length, blake3: await blake3(sent) },
      { to_customer: false, path: join(home, "고객의 사진.png"), size_bytes: fetched.length, blake3: await blake3(fetched) },
    ]);
    expect((await at.lines("file-started")).length).toBe(2);
    await files.page.screenshot({ path: test.info().outputPath("window.png") });
    await test.step("what is on its way goes on when the window is closed, and the window comes back", async () => {
      await files.page.close();
      await expect(page.getByRole("button", { name: text(at.language, "console-files"), exact: true, pressed: false })).toBeVisible();
      const again = await FilesPanel.open(at);
      await again.done("고객의 사진.png");
    });
    // Nothing half-written is left on either side.
    expect((await readdir(home)).filter((name) => name.endsWith(".part"))).toEqual([]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02: folders as a whole, and each rule where a file exists. */
test("F-02 allowed, S-08 on: a folder goes as a whole below the picture, and a file that exists is asked about", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { file_transfer_in_viewer: true },
    prepare: ({ page }) => picksOwnFolder(page),
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    await mkdir(join(home, "자료", "안쪽", "더 안쪽"), { recursive: true });
    const contents: Record<string, Buffer> = {
      "자료/하나.txt": Buffer.from("하나"),
      "자료/안쪽/둘.txt": Buffer.from("둘"),
      "자료/안쪽/더 안쪽/셋": Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(contents)) await writeFile(join(home, name), bytes);
    // A circle would never end.
    await symlink(home, join(home, "자료", "고리"));
    await ownFile(page, "메모.txt", Buffer.from("새 메모"));
    await writeFile(join(home, "메모.txt"), "옛 메모");
    const app = await at.join();
    const files = await FilesPanel.openInViewer(at);
    await files.pick();
    await (await files.reach("there", "자료")).click();
    await files.press("files-fetch");
    for (const name of Object.keys(contents)) await files.done(name);
    const own = await ownFiles(page);
    for (const [name, bytes] of Object.entries(contents)) expect(own[name], name).toBe(sha256(bytes));

    await (await files.reach("here", "메모.txt")).click();
    await files.press("files-send");
    const asked = files.job("메모.txt");
    await expect(asked.getByText(/옛|Exists already/)).toBeVisible();
    expect(await readFile(join(home, "메모.txt"), "utf8")).toBe("옛 메모");
    await asked.getByRole("button", { name: `${files.say("files-rule-keep-both")}: 메모.txt`, exact: true }).click();
    await files.done("메모.txt");
    expect(await readFile(join(home, "메모.txt"), "utf8")).toBe("옛 메모");
    expect(await readFile(join(home, "메모 (1).txt"), "utf8")).toBe("새 메모");
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02: what was held, and what lost its connection, goes on where it stood and is whole at the end. */
test("F-02 allowed: a transfer that is paused and loses its connection goes on where it stood", async ({ browser }) => {
  const at = await Case.start(browser, {
    prepare: async ({ page }) => {
      await keepChannels(page);
      await picksOwnFolder(page);
    },
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    await largeOwnFile(page, "큰 파일.bin", 64);
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await files.pick();
    await (await files.reach("here", "큰 파일.bin")).click();
    await files.press("files-send");
    const job = files.job("큰 파일.bin");
    const button = (key: string) => job.getByRole("button", { name: `${files.say(key)}: 큰 파일.bin`, exact: true });
    const part = async () => (await readdir(home)).find((name) => name.endsWith(".part")) ?? "";
    const received = async () => ((await part()) === "" ? 0 : (await stat(join(home, await part()))).size);
    await expect.poll(received).toBeGreaterThan(MIB);
    await button("files-pause").click();
    await expect(job.getByText(files.say("files-state-paused"))).toBeVisible();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const held = await received();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await received()).toBe(held);

    const [name, inode] = [await part(), (await stat(join(home, await part()))).ino];
    await page.evaluate(() => {
      const { keptChannels } = window as unknown as { keptChannels: RTCDataChannel[] };
      keptChannels.find(({ label }) => label === "files")?.close();
    });
    await button("files-resume").click();
    await expect.poll(received, { timeout: 60_000 }).toBeGreaterThan(held);
    // The same file grows: nothing of it was sent again.
    expect([await part(), (await stat(join(home, name))).ino]).toEqual([name, inode]);
    await files.done("큰 파일.bin");
    expect(sha256(await readFile(join(home, "큰 파일.bin")))).toBe((await ownFiles(page))["큰 파일.bin"]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02: the operator keeps the customer's folders in order, and is asked before anything is deleted. */
test("F-02 allowed: new folder, rename and delete with a question", async ({ browser }) => {
  const at = await Case.start(browser, { prepare: ({ page }) => picksOwnFolder(page) });
  try {
    const { home } = at.desktop;
    await writeFile(join(home, "old name"), "kept");
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await expect(await files.reach("there", "old name")).toBeVisible();
    const dialog = files.page.getByRole("dialog").or(files.page.getByRole("alertdialog"));
    const named = async (name: string) => {
      await dialog.getByRole("textbox").fill(name);
      await dialog.getByRole("button", { name: text(at.language, "shared-save"), exact: true }).click();
    };
    await files.press("files-new-folder");
    await named("새 폴더");
    await expect(await files.reach("there", "새 폴더")).toBeVisible();
    await (await files.reach("there", "old name")).click();
    await files.press("files-rename");
    await named("새 폴더");
    // Nothing is replaced, and the dialog says why.
    await expect(dialog.getByText(files.say("files-exists"))).toBeVisible();
    await named("새 이름");
    await expect(await files.reach("there", "새 이름")).toBeVisible();
    await (await files.reach("there", "새 폴더")).click();
    await files.press("files-delete");
    await dialog.getByRole("button", { name: files.say("files-delete"), exact: true }).click();
    await expect(files.entry("there", "새 폴더")).toBeHidden();
    expect(existsSync(join(home, "새 폴더"))).toBe(false);
    expect(await readFile(join(home, "새 이름"), "utf8")).toBe("kept");
    await expect.poll(async () => (await at.lines("file-deleted")).length).toBe(1);
    expect(await at.lines("folder-made")).toMatchObject([{ path: join(home, "새 폴더") }]);
    expect(await at.lines("file-renamed")).toMatchObject([{ path: join(home, "old name"), name: "새 이름" }]);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02, S-07, Y-1: what changes the customer's machine is refused by the app, whatever a console sends. */
test("F-02 forbidden, S-07 on: nothing is sent or deleted, and a hand-made console changes nothing", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { view_only: true },
    prepare: async ({ page }) => {
      await keepChannels(page);
      await picksOwnFolder(page);
    },
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    await writeFile(join(home, "kept"), "kept");
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await expect(await files.reach("there", "kept")).toBeVisible();
    for (const key of ["files-send-files", "files-new-folder", "files-rename", "files-delete"])
      await expect(files.all.getByRole("button", { name: files.say(key), exact: true })).toBeHidden();
    expect(await sendOn(page, "files", deleteMessage(join(home, "kept")))).toBe(true);
    expect(await sendOn(page, "files", sendFileMessage(home, "planted"))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("files-change-forbidden");
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("files-send-forbidden");
    expect(await readFile(join(home, "kept"), "utf8")).toBe("kept");
    expect(existsSync(join(home, "planted"))).toBe(false);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02: no name leads out of the folder that was chosen. */
test("F-02 allowed: a hand-made console writes nowhere but below the chosen folder", async ({ browser }) => {
  const at = await Case.start(browser, {
    prepare: async ({ page }) => {
      await keepChannels(page);
      await picksOwnFolder(page);
    },
  });
  try {
    const { page } = at.operator;
    const { home } = at.desktop;
    await mkdir(join(home, "chosen"));
    await mkdir(join(home, "outside"));
    await symlink(join(home, "outside"), join(home, "chosen", "link"));
    const app = await at.join();
    const files = await FilesPanel.open(at);
    await expect(await files.reach("there", "chosen")).toBeVisible();
    const chosen = join(home, "chosen");
    for (const names of [["..", "outside", "a"], ["link", "a"], ["/etc/beside-e2e"], ["a\0b"], ["x".repeat(4_096)]])
      expect(await sendOn(page, "files", sendFileMessage(chosen, ...names))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("files-malformed");
    await expect.poll(async () => JSON.stringify(await at.lines("file-failed")), { timeout: 15_000 }).toContain("files-link");
    expect(await readdir(join(home, "outside"))).toEqual([]);
    expect(await readdir(chosen)).toEqual(["link"]);
    expect(existsSync("/etc/beside-e2e")).toBe(false);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

/** F-02, F-16, F-17, Y-1: without any of them there are no files, on neither side. */
test("F-02 F-16 F-17 forbidden: without the options there is no panel, and an offer made by hand is refused", async ({ browser }) => {
  const at = await Case.start(browser, {
    options: { two_way_file_transfer: false, send_file: false, fetch_file: false },
    prepare: ({ page }) => keepChannels(page),
  });
  try {
    const { page } = at.operator;
    const app = await at.join();
    await expect(page.getByRole("button", { name: text(at.language, "console-files"), exact: true })).toBeHidden();
    const sdp = await page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      connection.createDataChannel("files");
      return (await connection.createOffer()).sdp ?? "";
    });
    expect(await sendOn(page, "control", filesOfferMessage(sdp))).toBe(true);
    expect(await sendOn(page, "control", fetchFileMessage("/etc/passwd"))).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("files-forbidden");
    expect(await isOpen(page, "files")).toBe(false);
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
