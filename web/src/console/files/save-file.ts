import { PRIVATE_FOLDER } from "./file-work";

/** The browser copies a download out of the store of this site; longer than any copy of what fits there takes. */
const COPIED_AFTER_MS = 10 * 60_000;
/** A page that was closed before that leaves its files; another day's page deletes them. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;

/** Hands a file of the browser's own store to the operator's downloads, and deletes it there. */
export function saveFile(file: File, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
    void deletePrivate(file.name);
  }, COPIED_AFTER_MS);
}

/** Names carry their time, so that no other page's running file is deleted. */
export function privateName(now_ms: number): string {
  return `${now_ms}-${crypto.randomUUID()}`;
}

/** Deletes what earlier pages have left. */
export async function deleteForgotten(now_ms: number): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(PRIVATE_FOLDER);
    for await (const name of folder.keys()) {
      const made_ms = Number(name.split("-")[0]);
      if (!(made_ms > now_ms - FORGOTTEN_AFTER_MS)) await folder.removeEntry(name);
    }
  } catch {
    // There is no such folder, or no such store.
  }
}

/** Deletes a file of the browser's own store. */
export async function deletePrivate(name: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle(PRIVATE_FOLDER)).removeEntry(name);
  } catch {
    // Another page has deleted it.
  }
}
