import type { ClipContent, Pasted, PastedFile } from "./clipboard";

/** Files of one paste or drop; the record of a session holds no more. */
const FILES_MAX = 5_000;

/** Writes into this computer's clipboard. False where the browser does not let the page: it has no focus, or wants a press. */
export async function writeOwn(content: ClipContent): Promise<boolean> {
  try {
    if (content.kind === "text") await navigator.clipboard.writeText(content.text);
    else {
      const png = new Blob([content.png], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    }
    return true;
  } catch {
    return false;
  }
}

/** What this computer's clipboard holds, where the browser has granted the page to read it by itself. */
export async function readOwnIfGranted(): Promise<Pasted> {
  try {
    // Not among the names that every browser knows.
    const name = "clipboard-read" as PermissionName;
    const { state } = await navigator.permissions.query({ name });
    if (state !== "granted") return { kind: "nothing" };
    const text = await navigator.clipboard.readText();
    return text.length > 0 ? { kind: "text", text } : { kind: "nothing" };
  } catch {
    return { kind: "nothing" };
  }
}

/** What a paste or a drop holds. To be called within its event: the browser takes it away afterwards. */
export function takenFrom(data: DataTransfer | null): Promise<Pasted> {
  if (data === null) return Promise.resolve({ kind: "nothing" });
  const text = data.getData("text/plain");
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const picture = items.find((item) => isPicture(item));
  if (picture !== undefined && items.length === 1) {
    // A table is copied as text and as a picture of it: the text is what is meant.
    if (text.length > 0) return Promise.resolve({ kind: "text", text });
    const file = picture.getAsFile();
    return file === null ? Promise.resolve({ kind: "nothing" }) : pictureOf(file);
  }
  if (items.length > 0) {
    const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
    return filesOf(entries);
  }
  return Promise.resolve(text.length > 0 ? { kind: "text", text } : { kind: "nothing" });
}

/** Pixels that were copied have no file of their own: every browser gives them this name. */
function isPicture(item: DataTransferItem): boolean {
  return item.type === "image/png" && item.getAsFile()?.name === "image.png";
}

async function pictureOf(file: File): Promise<Pasted> {
  return { kind: "picture", png: new Uint8Array(await file.arrayBuffer()) };
}

async function filesOf(entries: readonly (FileSystemEntry | File | null)[]): Promise<Pasted> {
  const files: PastedFile[] = [];
  for (const entry of entries) {
    if (entry instanceof File) files.push({ file: entry, names: [entry.name] });
    else if (entry !== null) await walk(entry, [], files);
  }
  return files.length > 0 ? { kind: "files", files } : { kind: "nothing" };
}

async function walk(entry: FileSystemEntry, above: readonly string[], found: PastedFile[]): Promise<void> {
  const names = [...above, entry.name];
  if (found.length >= FILES_MAX) return;
  if (isFile(entry)) {
    const file = await new Promise<File | null>((done) => entry.file(done, () => done(null)));
    if (file !== null) found.push({ file, names });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
      if (some.length === 0) return;
      for (const inner of some) await walk(inner, names, found);
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
