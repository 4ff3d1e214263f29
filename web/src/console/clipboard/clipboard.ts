import type { Clip, ClipBegin, ClipFile, ClipTaken } from "../../generated/proto/beside/v1/clipboard_pb";
import { ClipBegin_Kind as Kind } from "../../generated/proto/beside/v1/clipboard_pb";
import { Store } from "../../shared/session/store";
import { sizeOf, timeOf } from "../peer/claimed";
import type { PeerMessageInit } from "../peer/input-wire";

export type ClipKind = "text" | "picture";

/** What the operator pastes or drops; a clipboard often holds the same in several forms, and the first here counts. */
export type Pasted =
  | { readonly kind: "files"; readonly files: readonly PastedFile[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "picture"; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly kind: "nothing" };

/** A file below what was copied, by the names of the folders that were copied and its own. */
export type PastedFile = { readonly file: File; readonly names: readonly string[] };

/** Something the customer copied, as it goes into this computer's clipboard. */
export type ClipContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "picture"; readonly png: Uint8Array<ArrayBuffer> };

/** A file that the customer copied. */
export type CopiedFile = {
  readonly path: string;
  readonly folder: boolean;
  readonly size_bytes: number;
  readonly modified_ms: number;
};

export type ClipNotice =
  /** The browser did not take it by itself: the operator's press does. */
  | { readonly kind: "to-copy"; readonly what: ClipKind }
  | { readonly kind: "files"; readonly count: number }
  | { readonly kind: "sending"; readonly count: number }
  | { readonly kind: "placed"; readonly count: number }
  | { readonly kind: "too-large"; readonly toCustomer: boolean; readonly size_bytes: number }
  | { readonly kind: "failed"; readonly problem: string };

export type ClipboardPort = {
  send(body: NonNullable<PeerMessageInit["body"]>): boolean;
  /** Into this computer's clipboard; false where the browser does not let the page. */
  write(content: ClipContent): Promise<boolean>;
  /** Sends files for the customer's clipboard; how many have come, once none is under way any more. */
  sendFiles(files: readonly PastedFile[], batch: number): Promise<number>;
  after(delay_ms: number, task: () => void): () => void;
  now(): number;
};

/** As `protocol::limits` has them. */
export const TEXT_MAX_BYTES = 1024 * 1024;
export const PICTURE_MAX_BYTES = 8 * 1024 * 1024;
const PART_BYTES = 12 * 1024;
const WINDOW_BYTES = 128 * 1024;
const FILES_MAX = 100;
/** The customer's side says so often that it goes on, or it does not. */
const SILENCE_MS = 5_000;
const NOTICE_SHOWN_MS = 8_000;

type Leaving = {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  sent_bytes: number;
  taken_bytes: number;
  forget: () => void;
  done(arrived: boolean): void;
};

type Arriving = {
  readonly id: number;
  readonly kind: ClipKind;
  readonly size_bytes: number;
  readonly parts: Uint8Array[];
  taken_bytes: number;
  told_bytes: number;
};

/**
 * The clipboard between this computer and the customer's [S-11]. Of two copies the later one is what a paste gives, on whichever
 * side it was made.
 */
export class Clipboard {
  readonly notice = new Store<ClipNotice | null>(null);
  /** What the customer copied last as files, until something else is copied. */
  readonly copiedFiles = new Store<readonly CopiedFile[]>([]);
  private lastId = 0;
  private leaving: Leaving | null = null;
  private readonly placing = new Map<number, (placed: boolean) => void>();
  private arriving: Arriving | null = null;
  /** What the customer copied and the browser has not taken. */
  private unwritten: ClipContent | null = null;
  /** The text that came last: pasted again, it is the customer's own. */
  private received: string | null = null;
  private customerCopied_ms = Number.NEGATIVE_INFINITY;
  private mayHaveCopied_ms = Number.NEGATIVE_INFINITY;
  /** The files that are on the customer's clipboard now. */
  private placed: string | null = null;
  private forgetNotice: (() => void) | null = null;

  constructor(
    private readonly shared: Pick<Store<boolean>, "get">,
    private readonly port: ClipboardPort,
  ) {
    this.mayHaveCopied_ms = port.now();
  }

  get isShared(): boolean {
    return this.shared.get();
  }

  /** A connection is there: what the operator's switch says, for it. */
  connected(): void {
    this.tellShared();
  }

  /** The operator's switch was set. */
  tellShared(): void {
    const on = this.shared.get();
    this.port.send({ case: "clip", value: { what: { case: "share", value: { on } } } });
    if (on) return;
    this.arriving = null;
    this.unwritten = null;
    this.copiedFiles.set([]);
    this.show(null);
  }

  /** The connection is over. What was on its way is no more. */
  interrupted(): void {
    this.arriving = null;
    this.placed = null;
    this.leaving?.done(false);
    for (const done of [...this.placing.values()]) done(false);
    if (this.notice.get()?.kind !== "to-copy") this.show(null);
  }

  /** The operator may have copied something since: they were elsewhere, or in this page itself. */
  mayHaveCopied(): void {
    this.mayHaveCopied_ms = this.port.now();
  }

  message(clip: Clip): void {
    const { what } = clip;
    if (what.case === "taken") this.taken(what.value);
    if (!this.shared.get()) return;
    if (what.case === "begin") this.begun(what.value);
    else if (what.case === "part") this.part(what.value.id, what.value.bytes);
    else if (what.case === "files") this.filesCopied(what.value.files, what.value.more);
  }

  /** Ctrl+V over the picture: whether the customer's side may paste now. */
  async paste(pasted: Pasted): Promise<boolean> {
    if (!this.shared.get() || pasted.kind === "nothing") return true;
    // What the customer copied last is on their clipboard already.
    if (this.customerCopied_ms > this.mayHaveCopied_ms) return true;
    switch (pasted.kind) {
      case "text":
        return this.sendText(pasted.text);
      case "picture":
        return this.sendBytes(Kind.PICTURE, pasted.png, PICTURE_MAX_BYTES);
      case "files":
        return this.sendFiles(pasted.files);
    }
  }

  /** Files that were dropped on the picture, or pasted: they are on the customer's clipboard once they have come. */
  async sendFiles(files: readonly PastedFile[]): Promise<boolean> {
    if (files.length === 0) return true;
    const names = files.map(({ file, names }) => `${names.join("/")} ${file.size} ${file.lastModified}`);
    const mark = names.sort().join("\n");
    if (this.placed === mark) return true;
    this.lastId += 1;
    const batch = this.lastId;
    const count = new Set(files.map(({ names: [first] }) => first)).size;
    this.show({ kind: "sending", count });
    const came = await this.port.sendFiles(files, batch);
    if (came === 0 || !(await this.place(batch))) {
      if (this.notice.get()?.kind === "sending") this.show({ kind: "failed", problem: "clipboard-files" });
      return false;
    }
    this.placed = mark;
    this.show({ kind: "placed", count });
    // It may have taken long: the operator pastes when they see it.
    return false;
  }

  /** The operator's press gives the page what it may not take by itself. */
  async copy(): Promise<void> {
    if (this.unwritten !== null && (await this.port.write(this.unwritten))) this.written();
  }

  /** The page has the keyboard again: what it could not write meanwhile. */
  retry(): void {
    void this.copy();
  }

  dismiss(): void {
    this.show(null);
  }

  /** What was copied as files has been fetched, or is not wanted. */
  forgetFiles(): void {
    this.copiedFiles.set([]);
    this.show(null);
  }

  private sendText(text: string): Promise<boolean> {
    // Line ends as the customer's programs have them.
    const plain = text.replaceAll("\r\n", "\n");
    if (plain === this.received || plain.length === 0) return Promise.resolve(true);
    return this.sendBytes(Kind.TEXT, new TextEncoder().encode(plain), TEXT_MAX_BYTES);
  }

  private sendBytes(kind: Kind, bytes: Uint8Array<ArrayBuffer>, most_bytes: number): Promise<boolean> {
    if (bytes.byteLength > most_bytes) {
      this.show({ kind: "too-large", toCustomer: true, size_bytes: bytes.byteLength });
      return Promise.resolve(false);
    }
    this.leaving?.done(false);
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve) => {
      const done = (arrived: boolean) => {
        leaving.forget();
        if (this.leaving === leaving) this.leaving = null;
        if (arrived) this.placed = null;
        resolve(arrived);
      };
      const leaving: Leaving = { id, bytes, sent_bytes: 0, taken_bytes: 0, forget: () => {}, done };
      this.leaving = leaving;
      const value = { id, kind, sizeBytes: BigInt(bytes.byteLength) };
      if (!this.port.send({ case: "clip", value: { what: { case: "begin", value } } })) {
        done(false);
        return;
      }
      this.listen(leaving);
      this.flow(leaving);
    });
  }

  private listen(leaving: Leaving): void {
    leaving.forget();
    leaving.forget = this.port.after(SILENCE_MS, () => {
      if (this.leaving !== leaving) return;
      this.show({ kind: "failed", problem: "clipboard-no-answer" });
      leaving.done(false);
    });
  }

  private flow(it: Leaving): void {
    while (it.sent_bytes < it.bytes.byteLength) {
      const bytes = it.bytes.subarray(it.sent_bytes, it.sent_bytes + PART_BYTES);
      if (it.sent_bytes + bytes.byteLength - it.taken_bytes > WINDOW_BYTES) return;
      const part = { case: "part", value: { id: it.id, bytes } } as const;
      if (!this.port.send({ case: "clip", value: { what: part } })) {
        it.done(false);
        return;
      }
      it.sent_bytes += bytes.byteLength;
    }
  }

  private taken({ id, takenBytes, done, problem }: ClipTaken): void {
    const placing = this.placing.get(id);
    if (placing !== undefined) {
      placing(done);
      if (problem !== "") this.show({ kind: "failed", problem: problem.slice(0, 64) });
      return;
    }
    const { leaving } = this;
    if (leaving?.id !== id) return;
    if (problem !== "") {
      this.show({ kind: "failed", problem: problem.slice(0, 64) });
      leaving.done(false);
    } else if (done) leaving.done(true);
    else {
      leaving.taken_bytes = Math.min(Math.max(sizeOf(takenBytes), leaving.taken_bytes), leaving.sent_bytes);
      this.listen(leaving);
      this.flow(leaving);
    }
  }

  private place(batch: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (placed: boolean) => {
        forget();
        this.placing.delete(batch);
        resolve(placed);
      };
      const forget = this.port.after(SILENCE_MS, () => done(false));
      this.placing.set(batch, done);
      if (!this.port.send({ case: "clip", value: { what: { case: "place", value: { batch } } } }))
        done(false);
    });
  }

  private begun({ id, kind, sizeBytes }: ClipBegin): void {
    const size_bytes = sizeOf(sizeBytes);
    const most_bytes = kind === Kind.PICTURE ? PICTURE_MAX_BYTES : TEXT_MAX_BYTES;
    this.customerCopied();
    this.arriving = null;
    if (kind !== Kind.TEXT && kind !== Kind.PICTURE) return;
    if (size_bytes === 0 || size_bytes > most_bytes) {
      this.show({ kind: "too-large", toCustomer: false, size_bytes });
      return;
    }
    const name = kind === Kind.PICTURE ? "picture" : "text";
    this.arriving = { id, kind: name, size_bytes, parts: [], taken_bytes: 0, told_bytes: 0 };
  }

  private part(id: number, bytes: Uint8Array): void {
    const it = this.arriving;
    if (it?.id !== id) return;
    it.parts.push(bytes);
    it.taken_bytes += bytes.byteLength;
    if (it.taken_bytes > it.size_bytes) {
      this.arriving = null;
    } else if (it.taken_bytes === it.size_bytes) {
      this.arriving = null;
      this.arrived(it.kind, joined(it.parts, it.size_bytes));
    } else if (it.taken_bytes - it.told_bytes >= WINDOW_BYTES / 4) {
      it.told_bytes = it.taken_bytes;
      const value = { id, takenBytes: BigInt(it.taken_bytes) };
      this.port.send({ case: "clip", value: { what: { case: "taken", value } } });
    }
  }

  private arrived(kind: ClipKind, bytes: Uint8Array<ArrayBuffer>): void {
    const content = contentOf(kind, bytes);
    if (content === null) return;
    this.received = content.kind === "text" ? content.text.replaceAll("\r\n", "\n") : null;
    this.unwritten = content;
    void this.port.write(content).then((written) => {
      if (this.unwritten !== content) return;
      if (written) this.written();
      else this.show({ kind: "to-copy", what: kind });
    });
  }

  private written(): void {
    this.unwritten = null;
    if (this.notice.get()?.kind === "to-copy") this.show(null);
  }

  private filesCopied(files: readonly ClipFile[], more: number): void {
    this.customerCopied();
    const copied = files.slice(0, FILES_MAX).map(({ path, folder, sizeBytes, modifiedMs }) => ({
      path,
      folder,
      size_bytes: sizeOf(sizeBytes),
      modified_ms: timeOf(modifiedMs),
    }));
    if (copied.length === 0) return;
    this.copiedFiles.set(copied);
    this.show({ kind: "files", count: copied.length + more });
  }

  private customerCopied(): void {
    this.customerCopied_ms = this.port.now();
    this.placed = null;
    this.unwritten = null;
    this.received = null;
    this.copiedFiles.set([]);
  }

  private show(notice: ClipNotice | null): void {
    this.forgetNotice?.();
    this.forgetNotice = null;
    this.notice.set(notice);
    // What is to be done about stands until it is done, or something else is copied.
    if (notice === null || ["to-copy", "files", "sending"].includes(notice.kind)) return;
    this.forgetNotice = this.port.after(NOTICE_SHOWN_MS, () => this.show(null));
  }
}

function joined(parts: readonly Uint8Array[], size_bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size_bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function contentOf(kind: ClipKind, bytes: Uint8Array<ArrayBuffer>): ClipContent | null {
  if (kind === "picture") return { kind, png: bytes };
  try {
    return { kind, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}
