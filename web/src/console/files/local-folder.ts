import type { Entry } from "./files";
import type { Existing, Rule } from "./queue";
import type { Place } from "./transfers";

declare global {
  interface Window {
    /** File System Access API; not in every browser. */
    readonly showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
  }
}

/** A file somewhere below what was chosen, by the names of the folders above it and its own. */
export type FoundFile = { readonly file: File; readonly names: readonly string[] };
export type Found = {
  readonly files: readonly FoundFile[];
  readonly folders: readonly (readonly string[])[];
};

/** Files of one choice; the record of a session holds no more. */
export const FOUND_MAX = 5_000;

/** Whether this browser lets a page work in a folder of the operator's. */
export function hasFolders(): boolean {
  return typeof window.showDirectoryPicker === "function";
}

/** Why something of this computer cannot be read; kebab-case. */
export function ownProblem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "files-own-denied";
  return ["NotFoundError", "NotReadableError"].includes(name) ? "files-own-changed" : "files-own-failed";
}

/** The folder that the operator picks; null: none. `from`: what was pressed, since a window opens this only after a press in itself. */
export async function pickFolder(from: Element): Promise<FileSystemDirectoryHandle | null> {
  const view = from.ownerDocument.defaultView ?? window;
  try {
    const folder = await view.showDirectoryPicker?.({ mode: "readwrite" });
    // Of this page: what another window made ends with it, and the queue goes on.
    return folder === undefined ? null : structuredClone(folder);
  } catch {
    return null;
  }
}

/** What stands in a folder of this computer's. */
export async function listLocal(folder: FileSystemDirectoryHandle): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const handle of folder.values()) entries.push(await localEntry(handle));
  return entries;
}

async function localEntry(handle: FileSystemDirectoryHandle | FileSystemFileHandle): Promise<Entry> {
  const { name } = handle;
  if (handle.kind === "directory")
    return { name, kind: "folder", size_bytes: 0, modified_ms: 0, link: false };
  try {
    const { size, lastModified } = await handle.getFile();
    return { name, kind: "file", size_bytes: size, modified_ms: lastModified, link: false };
  } catch {
    return { name, kind: "other", size_bytes: 0, modified_ms: 0, link: false };
  }
}

/** The files of these names, and those below the folders of these names. */
export async function gather(folder: FileSystemDirectoryHandle, names: readonly string[]): Promise<Found> {
  const found = { files: [] as FoundFile[], folders: [] as string[][] };
  for await (const handle of folder.values())
    if (names.includes(handle.name)) await gatherFrom(handle, [], found);
  return found;
}

async function gatherFrom(
  handle: FileSystemDirectoryHandle | FileSystemFileHandle,
  above: readonly string[],
  found: { files: FoundFile[]; folders: string[][] },
): Promise<void> {
  const names = [...above, handle.name];
  if (found.files.length + found.folders.length >= FOUND_MAX) return;
  if (handle.kind === "file") {
    found.files.push({ file: await handle.getFile(), names });
    return;
  }
  found.folders.push(names);
  for await (const inner of handle.values()) await gatherFrom(inner, names, found);
}

/** Where a fetched file goes below a folder of this computer's. */
export async function placeIn(
  root: FileSystemDirectoryHandle,
  names: readonly string[],
  rule: Rule,
  modified_ms: number,
): Promise<Place> {
  const name = names.at(-1) ?? "";
  let folder = root;
  for (const part of names.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
  const there = await existing(folder, name);
  const to = (as: string): Place => ({
    kind: "to",
    target: { kind: "folder", folder, name: as },
    saveAs: null,
  });
  if (there === null || rule === "overwrite") return to(name);
  switch (rule) {
    case "ask":
      return { kind: "ask", there };
    case "skip":
      return { kind: "skip" };
    case "newer":
      return modified_ms > there.modified_ms ? to(name) : { kind: "skip" };
    case "keep-both":
      return to(await freeName(folder, name));
  }
}

async function existing(folder: FileSystemDirectoryHandle, name: string): Promise<Existing | null> {
  try {
    const { size, lastModified } = await (await folder.getFileHandle(name)).getFile();
    return { size_bytes: size, modified_ms: lastModified };
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return null;
    throw error;
  }
}

async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const next = numbered(name, n);
    if ((await existing(folder, next)) === null) return next;
  }
}

/** "name (n).txt", as the customer's app has it. */
export function numbered(name: string, n: number): string {
  const at = name.lastIndexOf(".");
  const hasExtension = at > 0 && name.length - at - 1 < 16;
  const [stem, extension] = hasExtension ? [name.slice(0, at), name.slice(at)] : [name, ""];
  return `${stem} (${n})${extension}`;
}
