import { createBLAKE3, type IHasher } from "hash-wasm";
import {
  BLOCK_BYTES,
  type LastNews,
  type LastOrder,
  type News,
  type Order,
  PRIVATE_FOLDER,
  type WriteTarget,
} from "./file-work";
import { release } from "./release";

declare global {
  /** File System standard; a worker alone has it. */
  interface FileSystemFileHandle {
    createSyncAccessHandle(): Promise<{
      write(bytes: Uint8Array, options: { at: number }): number;
      flush(): void;
      close(): void;
    }>;
  }
}

type Reading = { file: File; hasher: IHasher; at_bytes: number };

type Sink = {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The file gets its name. */
  close(): Promise<File | null>;
  /** Nothing of it stays. */
  drop(): Promise<void>;
};

type Writing = {
  sink: Sink;
  hasher: IHasher;
  size_bytes: number;
  written_bytes: number;
  /** What came and is not written yet: the first `waiting_bytes` of a block, the same memory for the whole file. */
  block: Uint8Array<ArrayBuffer>;
  waiting_bytes: number;
};

const reading = new Map<number, Reading>();
const writing = new Map<number, Writing>();
/** Orders are done one after the other, as they came. */
let last: Promise<void> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<Order | LastOrder>) => {
  last =
    data.kind === "end"
      ? last.then(end)
      : last.then(() => obey(data)).catch((error: unknown) => failed(data.key, error));
});

async function end(): Promise<void> {
  await Promise.allSettled([...writing.keys()].map(drop));
  tell({ kind: "ended" });
}

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case "read":
      return read(order.key, order.file, order.from_bytes);
    case "more":
      return more(order.key);
    case "write":
      return write(order.key, order.target, order.size_bytes);
    case "bytes":
      return bytes(order.key, order.pieces);
    case "finish":
      return finish(order.key, order.digest);
    case "drop":
      return drop(order.key);
  }
}

async function read(key: number, file: File, from_bytes: number): Promise<void> {
  const hasher = await createBLAKE3();
  let at_bytes = 0;
  while (at_bytes < from_bytes) {
    const block = await blockOf(file, at_bytes, Math.min(from_bytes, at_bytes + BLOCK_BYTES));
    hasher.update(block);
    at_bytes += block.byteLength;
  }
  reading.set(key, { file, hasher, at_bytes });
}

async function more(key: number): Promise<void> {
  const it = reading.get(key);
  if (it === undefined) return;
  if (it.at_bytes >= it.file.size) {
    reading.delete(key);
    tell({ kind: "end", key, digest: digestOf(it.hasher) });
    return;
  }
  const block = await blockOf(it.file, it.at_bytes, Math.min(it.file.size, it.at_bytes + BLOCK_BYTES));
  it.hasher.update(block);
  it.at_bytes += block.byteLength;
  tell({ kind: "block", key, bytes: block }, [block.buffer]);
}

async function blockOf(file: File, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const block = new Uint8Array(await file.slice(from, to).arrayBuffer());
  // A file that has changed since it was chosen is refused by the browser, or is shorter.
  if (block.byteLength !== to - from) throw new DOMException("file is shorter", "NotReadableError");
  return block;
}

async function write(key: number, target: WriteTarget, size_bytes: number): Promise<void> {
  const sink = target.kind === "folder" ? await folderSink(target) : await privateSink(target.name);
  const hasher = await createBLAKE3();
  const block = new Uint8Array(BLOCK_BYTES);
  writing.set(key, { sink, hasher, size_bytes, written_bytes: 0, block, waiting_bytes: 0 });
}

async function bytes(key: number, pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const it = writing.get(key);
  if (it === undefined) return;
  for (const piece of pieces) {
    await take(key, it, piece);
    release(piece);
  }
}

async function take(key: number, it: Writing, piece: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let at = 0; at < piece.byteLength; ) {
    const part = piece.subarray(at, at + BLOCK_BYTES - it.waiting_bytes);
    it.block.set(part, it.waiting_bytes);
    it.waiting_bytes += part.byteLength;
    at += part.byteLength;
    const all = it.written_bytes + it.waiting_bytes >= it.size_bytes;
    if (it.waiting_bytes === BLOCK_BYTES || all) await flush(key, it);
  }
}

async function flush(key: number, it: Writing): Promise<void> {
  const block = it.block.subarray(0, it.waiting_bytes);
  it.waiting_bytes = 0;
  it.hasher.update(block);
  await it.sink.write(block);
  it.written_bytes += block.byteLength;
  tell({ kind: "written", key, written_bytes: it.written_bytes });
}

async function finish(key: number, digest: Uint8Array): Promise<void> {
  const it = writing.get(key);
  if (it === undefined) return;
  if (it.waiting_bytes > 0) await flush(key, it);
  const own = digestOf(it.hasher);
  if (own.length !== digest.length || own.some((byte, at) => byte !== digest[at])) {
    await drop(key);
    tell({ kind: "failed", key, why: "files-digest" });
    return;
  }
  writing.delete(key);
  tell({ kind: "finished", key, file: await it.sink.close() });
}

async function drop(key: number): Promise<void> {
  reading.delete(key);
  const it = writing.get(key);
  writing.delete(key);
  await it?.sink.drop();
}

/** The browser writes beside the file, and puts what was written in its place when it is closed. */
async function folderSink({
  folder,
  name,
}: {
  folder: FileSystemDirectoryHandle;
  name: string;
}): Promise<Sink> {
  const wasThere = await folder.getFileHandle(name).then(
    () => true,
    () => false,
  );
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  return {
    write: (block) => stream.write(block),
    close: async () => {
      await stream.close();
      return null;
    },
    drop: async () => {
      await stream.abort();
      if (!wasThere) await folder.removeEntry(name);
    },
  };
}

/** The origin's private file system: nothing of a large file stands in memory. */
async function privateSink(name: string): Promise<Sink> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(PRIVATE_FOLDER, { create: true });
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  let at_bytes = 0;
  return {
    write: async (block) => {
      if (access.write(block, { at: at_bytes }) !== block.byteLength)
        throw new DOMException("no room", "QuotaExceededError");
      at_bytes += block.byteLength;
    },
    close: async () => {
      access.flush();
      access.close();
      return handle.getFile();
    },
    drop: async () => {
      access.close();
      await folder.removeEntry(name);
    },
  };
}

function digestOf(hasher: IHasher): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hasher.digest("binary"));
}

async function failed(key: number, error: unknown): Promise<void> {
  tell({ kind: "failed", key, why: whyOf(error) });
  try {
    await drop(key);
  } catch {
    // What cannot be written cannot be deleted either; the browser has its own copy beside the file.
  }
}

function whyOf(error: unknown): string {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  switch (name) {
    case "QuotaExceededError":
      return "files-own-disk-full";
    case "NotAllowedError":
    case "NoModificationAllowedError":
      return "files-own-denied";
    case "NotFoundError":
    case "NotReadableError":
      return "files-own-changed";
    case "TypeError":
    case "TypeMismatchError":
      return "files-own-name";
    default:
      return "files-own-failed";
  }
}

function tell(news: News | LastNews, transfer: Transferable[] = []): void {
  postMessage(news, { transfer });
}
