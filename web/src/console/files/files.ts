import type { FilesMessage, FolderEntry } from "../../generated/proto/beside/v1/files_pb";
import { FolderEntry_Kind as Kind } from "../../generated/proto/beside/v1/files_pb";
import { Store } from "../../shared/session/store";
import { sizeOf, timeOf } from "../peer/claimed";
import type { PeerMessageInit } from "../peer/input-wire";
import type { News } from "./file-work";
import type { FilesLink, FilesPeerUser } from "./files-peer";
import type { FilesBody } from "./files-wire";
import { hasEnded, type Rule, TransferQueue } from "./queue";
import { privateName } from "./save-file";
import type { FileWorker } from "./start-file-worker";
import { type FetchPlan, type Place, type SendPlan, Transfers } from "./transfers";

export type EntryKind = "file" | "folder" | "other";

/** One entry of a folder, on either side. */
export type Entry = {
  readonly name: string;
  readonly kind: EntryKind;
  readonly size_bytes: number;
  readonly modified_ms: number;
  readonly link: boolean;
};

export type PlaceKind = "home" | "desktop" | "documents" | "downloads" | "root";

/** What stands in a folder of the customer's. */
export type Folder = {
  readonly entries: readonly Entry[];
  readonly cut: boolean;
  readonly unnamed: number;
  readonly writable: boolean;
  readonly free_bytes: number;
};

export type RemotePlace = { readonly kind: PlaceKind; readonly path: string };

export type FilesPort = {
  /** On the session's own connection; false where there is none now. */
  tell(body: NonNullable<PeerMessageInit["body"]>): boolean;
  connect(user: FilesPeerUser): FilesLink;
  startWorker(tell: (news: News) => void): FileWorker;
  save(file: File, name: string): void;
  after(delay_ms: number, task: () => void): () => void;
  now(): number;
  newId(): Uint8Array<ArrayBuffer>;
};

/** The customer's app answers, or there is none. */
const CONNECT_MAX_MS = 20_000;
/** How soon a lost connection is made anew while something waits. */
const AGAIN_AFTER_MS = 1_500;

const PLACES: readonly string[] = ["home", "desktop", "documents", "downloads", "root"];

/** Why something with files did not come to be; kebab-case, with a text of its own. */
export class FilesProblem extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

type Waiting = { done(): void; refuse(problem: FilesProblem): void };
type Listing = {
  entries: FolderEntry[];
  done(folder: FolderPageEnd): void;
  refuse(problem: FilesProblem): void;
};
type FolderPageEnd = {
  entries: FolderEntry[];
  cut: boolean;
  unnamed: number;
  writable: boolean;
  free_bytes: number;
};

/** The files of one session: their connection, what is asked of the customer's folders, and the queue. */
export class Files {
  readonly link = new Store<"none" | "connecting" | "open">("none");
  readonly queue: TransferQueue;
  /** From the folder that the operator picked to the one that is shown; empty: none is picked. */
  readonly ownFolders = new Store<readonly FileSystemDirectoryHandle[]>([]);
  private readonly transfers: Transfers;
  private peer: FilesLink | null = null;
  private worker: FileWorker | null = null;
  private opening: Waiting[] = [];
  private readonly requests = new Map<number, Waiting>();
  private readonly listings = new Map<number, Listing>();
  private lastRequest = 0;
  private forgetTimer: (() => void) | null = null;
  private over = false;
  /** The customer holds everything up: no connection is made, and what waits waits on. */
  private held = false;

  constructor(private readonly port: FilesPort) {
    this.queue = new TransferQueue(port.now);
    this.transfers = new Transfers(this.queue, {
      say: (body) => this.peer?.say(body) ?? false,
      order: (order) => this.startedWorker().order(order),
      save: port.save,
      newId: port.newId,
    });
  }

  /** The session's own connection is there, perhaps again. */
  sessionConnected(): void {
    this.over = false;
    if (this.wanted()) this.connectSoon();
  }

  /** It is gone, and with it the one for files. */
  sessionLost(): void {
    this.held = false;
    this.drop();
  }

  /** The session is over. */
  close(): void {
    this.over = true;
    this.drop();
    this.transfers.end();
    this.worker?.close();
    this.worker = null;
  }

  /** The customer pauses, or goes on. What had come goes on from there. */
  setHeld(held: boolean): void {
    if (this.held === held) return;
    this.held = held;
    if (held) this.drop();
    else if (this.wanted()) this.connectSoon();
  }

  answer(sdp: string): void {
    void this.peer?.answer(sdp);
  }

  candidate(candidate: string, mid: string): void {
    void this.peer?.addCandidate(candidate, mid);
  }

  async places(): Promise<RemotePlace[]> {
    const { entries } = await this.listing("");
    return entries.flatMap(({ place, name }) => (isPlace(place) ? [{ kind: place, path: name }] : []));
  }

  async list(path: string): Promise<Folder> {
    const { entries, ...rest } = await this.listing(path);
    return { entries: entries.map(entryOf), ...rest };
  }

  makeFolder(folder: string, names: readonly string[], mayExist = false): Promise<void> {
    const target = { folder, names: [...names] };
    return this.request((request) => ({ case: "makeFolder", value: { request, target, mayExist } }));
  }

  rename(path: string, name: string): Promise<void> {
    return this.request((request) => ({ case: "renameEntry", value: { request, path, name } }));
  }

  delete(path: string): Promise<void> {
    return this.request((request) => ({ case: "deleteEntry", value: { request, path } }));
  }

  /** Gives the job's number in the queue. */
  send(plan: SendPlan, rule: Rule): number {
    const job = this.transfers.send(plan, rule);
    this.connectSoon();
    return job;
  }

  /** How many of these jobs are done, once none of them is under way any more. */
  ended(jobs: readonly number[]): Promise<number> {
    return new Promise((resolve) => {
      const look = () => {
        const mine = this.queue.jobs.get().filter(({ id }) => jobs.includes(id));
        if (!mine.every(hasEnded)) return;
        stop();
        resolve(mine.filter(({ state }) => state === "done").length);
      };
      const stop = this.queue.jobs.subscribe(look);
      look();
    });
  }

  /** The number of its job. */
  fetch(name: string, plan: FetchPlan, rule: Rule): number {
    const job = this.transfers.fetch(name, plan, rule);
    this.connectSoon();
    return job;
  }

  /** A document that the customer printed, into the browser's own store [S-12]. */
  fetchPrinted(document: number, name: string, size_bytes: number, finished: (file: File) => void): number {
    const place = async (): Promise<Place> => {
      const target = { kind: "private", name: privateName(this.port.now()) } as const;
      return { kind: "to", target, saveAs: null };
    };
    return this.fetch(
      name,
      { path: "", size_bytes, modified_ms: 0, place, printed: document, finished },
      "ask",
    );
  }

  pause = (job: number): void => this.transfers.pause(job);
  resume = (job: number): void => this.transfers.resume(job);
  cancel = (job: number): void => this.transfers.cancel(job);
  decide = (job: number, rule: Rule): void => this.transfers.decide(job, rule);

  again = (job: number): void => {
    this.transfers.again(job);
    this.connectSoon();
  };

  private startedWorker(): FileWorker {
    this.worker ??= this.port.startWorker((news) => this.transfers.news(news));
    return this.worker;
  }

  private wanted(): boolean {
    return !this.over && !this.held && this.queue.count("waiting", "running", "paused") > 0;
  }

  private connectSoon(): void {
    this.open().catch(() => {
      // What waits in the queue says so itself, and is tried again.
      if (this.wanted()) this.later();
    });
  }

  private later(): void {
    this.forgetTimer?.();
    this.forgetTimer = this.port.after(AGAIN_AFTER_MS, () => {
      if (this.wanted() && this.link.get() === "none") this.connectSoon();
    });
  }

  /** Makes the connection where there is none. */
  private open(): Promise<void> {
    if (this.held) return Promise.reject(new FilesProblem("files-paused"));
    if (this.link.get() === "open") return Promise.resolve();
    return new Promise((done, refuse) => {
      this.opening.push({ done, refuse });
      if (this.link.get() === "connecting") return;
      this.link.set("connecting");
      const peer = this.port.connect({
        offer: (sdp) => {
          if (!this.port.tell({ case: "filesOffer", value: { sdp } })) this.drop();
        },
        candidate: (candidate, sdpMid) =>
          void this.port.tell({ case: "filesCandidate", value: { candidate, mid: sdpMid } }),
        opened: () => this.opened(),
        message: (body) => this.received(body),
        lost: () => this.drop(),
      });
      this.peer = peer;
      this.forgetTimer?.();
      this.forgetTimer = this.port.after(CONNECT_MAX_MS, () => {
        if (this.peer === peer && this.link.get() === "connecting") this.drop();
      });
      void peer.start();
    });
  }

  private opened(): void {
    this.forgetTimer?.();
    this.link.set("open");
    for (const { done } of this.opening.splice(0)) done();
    this.transfers.opened();
  }

  private drop(): void {
    const { peer } = this;
    this.peer = null;
    peer?.close();
    this.link.set("none");
    const problem = new FilesProblem(this.held ? "files-paused" : "files-connection-lost");
    for (const waiting of this.opening.splice(0)) waiting.refuse(problem);
    for (const waiting of [...this.requests.values(), ...this.listings.values()]) waiting.refuse(problem);
    this.requests.clear();
    this.listings.clear();
    this.transfers.lost();
    if (peer !== null && this.wanted()) this.later();
  }

  private received(body: FilesMessage["body"]): void {
    if (body.case === "folderPage") this.page(body.value);
    else if (body.case === "requestDone") this.done(body.value.request, body.value.problem);
    else this.transfers.message(body);
  }

  private async request(body: (request: number) => FilesBody): Promise<void> {
    await this.open();
    this.lastRequest += 1;
    const request = this.lastRequest;
    return new Promise((done, refuse) => {
      this.requests.set(request, { done, refuse });
      if (!(this.peer?.say(body(request)) ?? false)) this.done(request, "files-connection-lost");
    });
  }

  private done(request: number, problem: string): void {
    const waiting = this.requests.get(request);
    this.requests.delete(request);
    if (problem === "") waiting?.done();
    else waiting?.refuse(new FilesProblem(problem.slice(0, 64)));
  }

  private async listing(path: string): Promise<FolderPageEnd> {
    await this.open();
    this.lastRequest += 1;
    const request = this.lastRequest;
    return new Promise((done, refuse) => {
      this.listings.set(request, { entries: [], done, refuse });
      if (this.peer?.say({ case: "listFolder", value: { request, path } }) ?? false) return;
      this.listings.delete(request);
      refuse(new FilesProblem("files-connection-lost"));
    });
  }

  private page(page: Extract<FilesMessage["body"], { case: "folderPage" }>["value"]): void {
    const listing = this.listings.get(page.request);
    if (listing === undefined) return;
    if (page.problem !== "") {
      this.listings.delete(page.request);
      listing.refuse(new FilesProblem(page.problem.slice(0, 64)));
      return;
    }
    // No more than the app may tell of a folder.
    if (listing.entries.length < 10_000) listing.entries.push(...page.entries);
    if (!page.last) return;
    this.listings.delete(page.request);
    const { cut, unnamed, writable, freeBytes } = page;
    listing.done({ entries: listing.entries, cut, unnamed, writable, free_bytes: sizeOf(freeBytes) });
  }
}

function entryOf({ name, kind, sizeBytes, modifiedMs, link }: FolderEntry): Entry {
  const kinds: Readonly<Record<Kind, EntryKind>> = {
    [Kind.UNSPECIFIED]: "other",
    [Kind.FILE]: "file",
    [Kind.FOLDER]: "folder",
    [Kind.OTHER]: "other",
  };
  return {
    name,
    kind: kinds[kind] ?? "other",
    size_bytes: sizeOf(sizeBytes),
    modified_ms: timeOf(modifiedMs),
    link,
  };
}

function isPlace(place: string): place is PlaceKind {
  return PLACES.includes(place);
}
