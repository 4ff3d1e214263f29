// The files of a session as an operator works them, and messages about files as a hand-made console sends them.
import { expect, type Locator, type Page } from "@playwright/test";
import { join } from "node:path";
import type { Case } from "./case.ts";
import { field, nested } from "./hand-made.ts";
import { root } from "./places.ts";
import { text } from "./translations.ts";

/** The operator's own folder in tests: a real one of the browser's, which a person would pick. */
export const OWN_FOLDER = "이 컴퓨터";

/** Must be called before the console's page loads: the folder that is picked is one of the browser's own store. */
export async function picksOwnFolder(page: Page): Promise<void> {
  // In every window of it.
  await page.context().addInitScript((name) => {
    const pick = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
    Object.assign(window, { showDirectoryPicker: pick });
  }, OWN_FOLDER);
}

/** Must be called before the console's page loads: a browser that shows no folders. */
export async function hasNoFolders(page: Page): Promise<void> {
  await page.addInitScript(() => Object.assign(window, { showDirectoryPicker: undefined }));
}

/** The panel with both sides. */
export class FilesPanel {
  constructor(
    /** The window that it is in. */
    readonly page: Page,
    private readonly at: Case,
  ) {}

  /** In a window of its own, as sessions start with [S-08 off]. */
  static async open(at: Case): Promise<FilesPanel> {
    const opened = at.operator.page.waitForEvent("popup");
    await FilesPanel.press(at);
    return FilesPanel.shownIn(at, await opened);
  }

  /** Below the picture [S-08 on]. */
  static async openInViewer(at: Case): Promise<FilesPanel> {
    await FilesPanel.press(at);
    return FilesPanel.shownIn(at, at.operator.page);
  }

  private static async press(at: Case): Promise<void> {
    await at.operator.page.getByRole("button", { name: text(at.language, "console-files"), exact: true }).click();
  }

  /** In this window, once it stands there. */
  static async shownIn(at: Case, page: Page): Promise<FilesPanel> {
    const panel = new FilesPanel(page, at);
    await expect(panel.all).toBeVisible();
    return panel;
  }

  get all(): Locator {
    return this.page.getByRole("region", { name: this.say("files"), exact: true });
  }

  /** A list of entries: this computer's, or the customer's. */
  entries(side: "here" | "there"): Locator {
    return this.page.getByRole("grid", { name: this.say(`files-${side}`), exact: true });
  }

  entry(side: "here" | "there", name: string): Locator {
    return this.entries(side).getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Scrolls to an entry: only rows that are in view are in the page. */
  async reach(side: "here" | "there", name: string): Promise<Locator> {
    const entry = this.entry(side, name);
    await expect(async () => {
      if ((await entry.count()) > 0) return;
      await this.entries(side).evaluate((grid) => {
        const isAtEnd = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1;
        grid.scrollTop = isAtEnd ? 0 : grid.scrollTop + grid.clientHeight / 2;
      });
      expect(await entry.count()).toBe(1);
    }).toPass({ timeout: 20_000, intervals: [100] });
    return entry;
  }

  async pick(): Promise<void> {
    await this.press("files-pick");
    await expect(this.entries("here")).toBeVisible();
  }

  async press(key: string): Promise<void> {
    await this.all.getByRole("button", { name: this.say(key), exact: true }).click();
  }

  /** What the queue says of a file. */
  job(name: string): Locator {
    return this.all.getByRole("listitem").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  async done(name: string, timeout = 60_000): Promise<void> {
    await expect(this.job(name).getByText(this.say("files-state-done"))).toBeVisible({ timeout });
  }

  say(key: string): string {
    return text(this.at.language, `console-${key}`);
  }
}

/** Puts a file into the operator's own folder. */
export async function ownFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    async ([folder, file, content]) => {
      const own = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
      const stream = await (await own.getFileHandle(file, { create: true })).createWritable();
      await stream.write(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));
      await stream.close();
    },
    // As text: a list of three million numbers takes Playwright longer than everything else that a test does.
    [OWN_FOLDER, name, Buffer.from(bytes).toString("base64")] as const,
  );
}

/** The same for one of so many MiB, which no two parts of it have in common. */
export async function largeOwnFile(page: Page, name: string, mib: number): Promise<void> {
  await page.evaluate(
    async ([folder, file, count]) => {
      const own = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
      const stream = await (await own.getFileHandle(file, { create: true })).createWritable();
      const part = new Uint8Array(1024 * 1024);
      for (let at = 0; at < part.length; at += 65_536) crypto.getRandomValues(part.subarray(at, at + 65_536));
      for (let n = 0; n < count; n += 1) {
        new DataView(part.buffer).setUint32(0, n);
        await stream.write(part);
      }
      await stream.close();
    },
    [OWN_FOLDER, name, mib] as const,
  );
}

/** Everything in the operator's own folder, by its path: the SHA-256 of each file in hexadecimal. */
export async function ownFiles(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async (folder) => {
    const found: Record<string, string> = {};
    const look = async (handle: FileSystemDirectoryHandle, above: string): Promise<void> => {
      const each = handle as unknown as { values(): AsyncIterable<FileSystemFileHandle | FileSystemDirectoryHandle> };
      for await (const entry of each.values()) {
        if (entry.kind === "directory") await look(entry as FileSystemDirectoryHandle, `${above}${entry.name}/`);
        else {
          const bytes = await (await (entry as FileSystemFileHandle).getFile()).arrayBuffer();
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
          found[`${above}${entry.name}`] = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        }
      }
    };
    await look(await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true }), "");
    return found;
  }, OWN_FOLDER);
}

/** BLAKE3 in hexadecimal, by the package that the console uses. */
export async function blake3(bytes: Uint8Array): Promise<string> {
  const module = (await import(join(root, "web/node_modules/hash-wasm/dist/index.esm.js"))) as {
    blake3(data: Uint8Array): Promise<string>;
  };
  return module.blake3(bytes);
}

/** PeerMessage { files_offer: { sdp } }. */
export function filesOfferMessage(sdp: string): number[] {
  return nested(20, nested(1, [...Buffer.from(sdp)]));
}

/** FilesMessage { list_folder: { request: 99, path } }. */
export function listMessage(path: string): number[] {
  return nested(1, [...field(1, 99), ...nested(2, [...Buffer.from(path)])]);
}

/** FilesMessage { delete_entry: { request: 99, path } }. */
export function deleteMessage(path: string): number[] {
  return nested(4, [...field(1, 99), ...nested(2, [...Buffer.from(path)])]);
}

/** FilesMessage { send_file: { transfer: 99, id, target: { folder, names }, size_bytes: 1 } }. */
export function sendFileMessage(folder: string, ...names: string[]): number[] {
  const target = [
    ...nested(1, [...Buffer.from(folder)]),
    ...names.flatMap((name) => nested(2, [...Buffer.from(name)])),
  ];
  const id = nested(2, new Array<number>(16).fill(7));
  return nested(5, [...field(1, 99), ...id, ...nested(3, target), ...field(4, 1), ...field(6, 1)]);
}

/** FilesMessage { fetch_file: { transfer: 99, id, path } }. */
export function fetchFileMessage(path: string): number[] {
  return nested(6, [...field(1, 99), ...nested(2, new Array<number>(16).fill(7)), ...nested(3, [...Buffer.from(path)])]);
}
