// The clipboard in both directions: text, pictures, files; in the directions in which files may go, and never in the record
// [S-11, F-16, F-17, Y-1].
import { expect, type Page, test } from "@playwright/test";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { FilesPanel } from "./parts/files.ts";
import { clipShareMessage, clipTextMessages, keepChannels, sendOn } from "./parts/hand-made.ts";
import { Program } from "./parts/program.ts";
import { text } from "./parts/translations.ts";

const SECRET = "복사한 비밀 4711";

/** 1×1, red. */
const RED = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

/** What the customer's desktop has on its clipboard, as this; what it does not have is nothing. */
async function pasted(at: Case, target: string): Promise<string> {
  const read = `timeout 5 xclip -selection clipboard -o -t '${target}' 2>/dev/null | base64 -w0`;
  return Buffer.from(await Program.run("sh", ["-c", read], { env: at.desktop.env }), "base64").toString("latin1");
}

/** The customer copies this. */
async function copies(at: Case, target: string, content: Buffer): Promise<void> {
  const file = join(at.desktop.home, "copied.bin");
  await writeFile(file, content);
  at.desktop.run("xclip", ["-selection", "clipboard", "-t", target, "-quiet", "-i", file]);
}

/** What the operator's own clipboard holds. */
async function own(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Ctrl + V with files, as a browser tells of it. */
async function pasteFiles(page: Page, name: string, content: string): Promise<void> {
  await page.evaluate(
    ([fileName, text]) => {
      const field = [...document.querySelectorAll("textarea")].find((each) => !each.readOnly && each.tabIndex === 0);
      const data = new DataTransfer();
      data.items.add(new File([text], fileName, { lastModified: 1_000 }));
      const key = { code: "KeyV", key: "v", ctrlKey: true, bubbles: true, cancelable: true };
      field?.dispatchEvent(new KeyboardEvent("keydown", key));
      field?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      field?.dispatchEvent(new KeyboardEvent("keyup", key));
    },
    [name, content] as const,
  );
}

test("S-11 on: text, pictures and files go both ways, and the record has their kind and size alone", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const { page, context } = at.operator;
    await context.grantPermissions(["clipboard-write"]);
    const app = await at.join();
    await at.operator.hasControl();
    const typed = join(at.desktop.home, "typed.txt");
    at.desktop.run("sh", ["-c", `exec zenity --entry --title Typed --width 400 > '${typed}'`]);
    const entry = await at.desktop.window("^Typed$");
    await at.operator.click(1270, 790);
    await at.desktop.hands("windowactivate", "--sync", entry);
    await at.operator.hasControl();
    // The text is there before the key: what is pasted is the new one.
    await copies(at, "UTF8_STRING", Buffer.from("an older one"));
    await expect.poll(() => pasted(at, "UTF8_STRING")).toBe("an older one");
    // It is copied here as well, before something newer is.
    await expect.poll(async () => (await at.lines("clipboard")).length, { timeout: 15_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await page.evaluate((own) => navigator.clipboard.writeText(own), SECRET);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await at.operator.hasControl();
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Enter");
    await expect.poll(() => readFile(typed, "utf8")).toBe(`${SECRET}\n`);

    await page.evaluate(async (base64) => {
      const png = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
      window.dispatchEvent(new Event("focus"));
    }, RED);
    await page.keyboard.press("Control+v");
    await expect.poll(async () => (await pasted(at, "image/png")).slice(1, 4)).toBe("PNG");

    await pasteFiles(page, "보고서 (최종).txt", "file content");
    await expect(page.getByText(/on the customer’s clipboard/)).toBeVisible();
    const address = (await pasted(at, "text/uri-list")).trim();
    expect((await pasted(at, "x-special/gnome-copied-files")).split("\n")).toEqual(["copy", address]);
    const path = decodeURIComponent(new URL(address).pathname);
    expect(path.endsWith("/보고서 (최종).txt")).toBe(true);
    expect(await readFile(path, "utf8")).toBe("file content");
    expect((await stat(path.split("/").slice(0, -2).join("/"))).mode & 0o777).toBe(0o700);
    await page.screenshot({ path: test.info().outputPath("placed.png") });

    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const theirs = "고객이 복사한 글\n둘째 줄";
    await copies(at, "UTF8_STRING", Buffer.from(theirs));
    await expect.poll(() => own(page)).toBe(theirs);
    await copies(at, "image/png", Buffer.from(RED, "base64"));
    await expect
      .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)))
      .toContain("image/png");
    const offered = join(at.desktop.home, "고객의 파일.bin");
    await writeFile(offered, Buffer.alloc(5_000, 7));
    await copies(at, "x-special/gnome-copied-files", Buffer.from(`copy\n${new URL(`file://${offered}`).href}`));
    await expect(page.getByText(/The customer copied 1/)).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("offered.png") });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: text(at.language, "console-clip-fetch"), exact: true }).click();
    expect((await readFile(await (await download).path())).equals(Buffer.alloc(5_000, 7))).toBe(true);

    // The files have come forward with it: Ctrl + V among them fetches what is copied next.
    const files = await FilesPanel.shownIn(at, context.pages().find((each) => each !== page) ?? page);
    await files.done("고객의 파일.bin");
    const next = join(at.desktop.home, "또 하나.bin");
    await writeFile(next, Buffer.alloc(6_000, 8));
    await copies(at, "x-special/gnome-copied-files", Buffer.from(`copy\n${new URL(`file://${next}`).href}`));
    await expect(page.getByText(/The customer copied 1/)).toBeVisible();
    await files.all.getByRole("button", { name: files.say("files-refresh"), exact: true }).last().press("Control+v");
    await files.done("또 하나.bin");

    // A password manager's copy stays where it is, and so does what is copied with the switch off.
    await copies(at, "x-kde-passwordManagerHint", Buffer.from("secret"));
    await page.keyboard.press("Control+Alt+v");
    await copies(at, "UTF8_STRING", Buffer.from("with the switch off"));
    await expect.poll(() => pasted(at, "UTF8_STRING")).toBe("with the switch off");
    const lines = async () => (await at.lines("clipboard")).map(({ to_customer, kind }) => `${kind} ${to_customer ? "there" : "here"}`);
    await expect
      .poll(async () => [...new Set(await lines())].sort(), { timeout: 15_000 })
      .toEqual(["files here", "files there", "picture here", "picture there", "text here", "text there"]);
    expect(await at.lines("clipboard")).toContainEqual(expect.objectContaining({ kind: "files", to_customer: true, names: ["보고서 (최종).txt"] }));
    const kept = JSON.stringify(await at.newestRecord());
    for (const never of [SECRET, "고객이 복사한 글", "with the switch off"]) expect(kept).not.toContain(never);
    await at.leave(app);
    // The session's own folder goes with it.
    await expect.poll(() => stat(path).then(() => "there", () => "gone")).toBe("gone");
  } finally {
    await at.stop();
  }
});

test("S-11 off: no clipboard is read or filled, whatever a hand-made console asks for", async ({ browser }) => {
  const options = { clipboard_file_transfer: false };
  const at = await Case.start(browser, { options, prepare: ({ page }) => keepChannels(page) });
  try {
    const { page } = at.operator;
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    await page.evaluate(() => {
      const { keptChannels } = window as unknown as { keptChannels: RTCDataChannel[] };
      const told = { clips: 0 };
      Object.assign(window, told);
      for (const channel of keptChannels)
        channel.addEventListener("message", ({ data }) => {
          // PeerMessage { clip }: field 54, length-delimited.
          const [first, second] = new Uint8Array(data as ArrayBuffer);
          if (first === 0xb2 && second === 0x03) (window as unknown as typeof told).clips += 1;
        });
    });
    await copies(at, "UTF8_STRING", Buffer.from("the customer's own"));
    await expect.poll(() => pasted(at, "UTF8_STRING")).toBe("the customer's own");
    const asks = [clipShareMessage(true), ...clipTextMessages(7, "planted")];
    for (const message of asks) expect(await sendOn(page, "control", message)).toBe(true);
    await expect.poll(async () => (await at.refusals()).join(), { timeout: 15_000 }).toContain("clipboard-forbidden");
    await copies(at, "UTF8_STRING", Buffer.from("copied meanwhile"));
    await expect.poll(() => pasted(at, "UTF8_STRING")).toBe("copied meanwhile");
    // The refusal is the one thing that was said.
    await expect.poll(() => page.evaluate(() => (window as unknown as { clips: number }).clips)).toBe(1);
    expect(await at.lines("clipboard")).toEqual([]);
    await page.getByRole("button", { name: text(at.language, "console-tools"), exact: true }).click();
    const names = await page.getByRole("menuitem").allInnerTexts();
    expect(names.join()).not.toContain(text(at.language, "console-tool-name-clipboard"));
    await page.keyboard.press("Escape");
    await at.leave(app);
  } finally {
    await at.stop();
  }
});
