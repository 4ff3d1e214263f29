// What the page and its worker for files tell each other. The worker reads, hashes and writes: none of it stands in the
// way of a click.

/** Where a fetched file goes: into a folder that the operator chose, or into the browser's own store for this site. */
export type WriteTarget =
  | { readonly kind: "folder"; readonly folder: FileSystemDirectoryHandle; readonly name: string }
  | { readonly kind: "private"; readonly name: string };

export type Order =
  /** Read a file from here on, the digest being of the whole. Answered by a block for each `more`. */
  | { readonly kind: "read"; readonly key: number; readonly file: File; readonly from_bytes: number }
  | { readonly kind: "more"; readonly key: number }
  | {
      readonly kind: "write";
      readonly key: number;
      readonly target: WriteTarget;
      readonly size_bytes: number;
    }
  /** What came, in its order: several messages of the connection at once, since each order costs as much as a message. */
  | { readonly kind: "bytes"; readonly key: number; readonly pieces: readonly Uint8Array<ArrayBuffer>[] }
  /** Compare the digest, and give the file its name. */
  | { readonly kind: "finish"; readonly key: number; readonly digest: Uint8Array }
  /** Nothing of it stays. */
  | { readonly kind: "drop"; readonly key: number };

export type News =
  | { readonly kind: "block"; readonly key: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "end"; readonly key: number; readonly digest: Uint8Array<ArrayBuffer> }
  | { readonly kind: "written"; readonly key: number; readonly written_bytes: number }
  /** `file`: of one in the browser's own store, to be saved from there. */
  | { readonly kind: "finished"; readonly key: number; readonly file: File | null }
  | { readonly kind: "failed"; readonly key: number; readonly why: string };

/** The last order: drop what is still written, and say so. */
export type LastOrder = { readonly kind: "end" };
export type LastNews = { readonly kind: "ended" };

/** How much is read, hashed or written at a time: a whole number of parts that go out (`CHUNK_MAX_BYTES`), none of them smaller. */
export const BLOCK_BYTES = 240 * 1024;

/** Where fetched files lie until the browser has saved them. */
export const PRIVATE_FOLDER = "beside-files";
