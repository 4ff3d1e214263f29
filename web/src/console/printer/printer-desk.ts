import type { PrinterNews } from "../../generated/proto/beside/v1/peer_pb";
import {
  PrinterState_State as State,
  PrintedDocument_State as Told,
} from "../../generated/proto/beside/v1/peer_pb";
import { Store } from "../../shared/session/store";
import { shown } from "../../shared/strangers-text";
import type { Job } from "../files/queue";
import { sizeOf } from "../peer/claimed";
import type { PeerMessageInit } from "../peer/input-wire";

/** Where the printer stands on the customer's computer. */
export type PrinterNow = {
  readonly state: "unknown" | "off" | "starting" | "on" | "unavailable";
  /** The queue's name there; a stranger's text. */
  readonly name: string;
  /** While it is unavailable: what is missing, kebab-case. */
  readonly lacks: string;
};

/** A document that the customer printed. */
export type Printed = {
  /** Of this page's own: the app counts anew when it is started again. */
  readonly key: number;
  readonly document: number;
  readonly name: string;
  /** 0: not known. */
  readonly pages: number;
  readonly size_bytes: number;
  readonly moved_bytes: number;
  /** It comes to the customer's app; it comes here; it is here; it did not come here; it will not come. */
  readonly state: "arriving" | "fetching" | "here" | "failed" | "gone";
  /** Of one that failed or is gone: kebab-case. */
  readonly why: string;
  readonly file: File | null;
};

export type PrinterPort = {
  tell(body: NonNullable<PeerMessageInit["body"]>): boolean;
  /** Fetches a document; the number of its job. */
  fetch(document: number, name: string, size_bytes: number, finished: (file: File) => void): number;
  readonly jobs: Pick<Store<readonly Job[]>, "get" | "subscribe">;
  /** Nothing of it stays in the browser. */
  forget(file: File): void;
};

/** As the app has it. */
const NAME_MAX_CHARACTERS = 255;
/** More stand on no page; the app waits with more than 50. */
const DOCUMENTS_MAX = 200;

/** The documents of one session that the customer printed at the operator's [S-12]. Opens none of them by itself. */
export class PrinterDesk {
  readonly now = new Store<PrinterNow>({ state: "unknown", name: "", lacks: "" });
  readonly documents = new Store<readonly Printed[]>([]);
  /** The newest that is here and that nobody has done anything with; null: none. */
  readonly news = new Store<number | null>(null);
  private readonly jobs = new Map<number, number>();
  private lastKey = 0;

  constructor(private readonly port: PrinterPort) {
    port.jobs.subscribe(() => this.jobsChanged());
  }

  told({ news }: PrinterNews): void {
    if (news.case === "state") {
      const { state, name, lacks } = news.value;
      this.now.set({ state: stateName(state), name: shown(name, 128), lacks: lacks.slice(0, 64) });
    } else if (news.case === "document") {
      const { document, state, name, pages, sizeBytes, why } = news.value;
      const size_bytes = sizeOf(sizeBytes);
      const known = { name: shown(name, NAME_MAX_CHARACTERS), pages, size_bytes };
      if (state === Told.ARRIVING) this.change(this.open(document), { ...known });
      if (state === Told.READY) this.ready(document, known);
      if (state === Told.GONE)
        this.change(this.open(document), { ...known, state: "gone", why: why.slice(0, 64) });
    }
  }

  /** The operator turns the printer off, or on again. */
  setOn(on: boolean): void {
    this.port.tell({ case: "setPrinter", value: { on } });
  }

  /** The connection is over: what still came to the app is told anew on the next. */
  interrupted(): void {
    this.documents.set(this.documents.get().filter(({ state }) => state !== "arriving"));
  }

  /** One that did not come here is fetched once more. */
  again(key: number): void {
    const printed = this.get(key);
    if (printed?.state === "failed") this.fetch(printed);
  }

  /** Nothing of it stays. */
  discard(key: number): void {
    const printed = this.get(key);
    if (printed?.file) this.port.forget(printed.file);
    this.seen(key);
    this.documents.set(this.documents.get().filter((each) => each.key !== key));
  }

  /** The operator has done something with it, or does not want to hear of it. */
  seen(key: number): void {
    if (this.news.get() === key) this.news.set(null);
  }

  /** The page of the session is closed. */
  close(): void {
    for (const { file } of this.documents.get()) if (file !== null) this.port.forget(file);
    this.documents.set([]);
    this.news.set(null);
  }

  private ready(document: number, known: Pick<Printed, "name" | "pages" | "size_bytes">): void {
    const key = this.open(document);
    this.change(key, known);
    const printed = this.get(key);
    if (printed?.state === "arriving") this.fetch(printed);
  }

  private fetch(printed: Printed): void {
    const { key, document, name, size_bytes } = printed;
    this.change(key, { state: "fetching", why: "", moved_bytes: 0 });
    const job = this.port.fetch(document, name, size_bytes, (file) => {
      this.jobs.delete(key);
      // Discarded meanwhile.
      if (this.get(key) === undefined) return this.port.forget(file);
      this.change(key, { state: "here", file });
      this.news.set(key);
    });
    this.jobs.set(key, job);
  }

  /** The entry of a document that is not here yet; a new one where there is none. */
  private open(document: number): number {
    const isOpen = (each: Printed) =>
      each.document === document && ["arriving", "fetching", "failed"].includes(each.state);
    const known = this.documents.get().find(isOpen);
    if (known !== undefined) return known.key;
    this.lastKey += 1;
    const start = { name: "", pages: 0, size_bytes: 0, moved_bytes: 0, why: "", file: null } as const;
    const added: Printed = { key: this.lastKey, document, state: "arriving", ...start };
    this.documents.set([added, ...this.documents.get()].slice(0, DOCUMENTS_MAX));
    return this.lastKey;
  }

  private jobsChanged(): void {
    for (const [key, id] of [...this.jobs]) {
      const job = this.port.jobs.get().find((each) => each.id === id);
      if (job === undefined) continue;
      if (job.state === "failed" || job.state === "cancelled") {
        this.jobs.delete(key);
        this.change(key, { state: "failed", why: job.why || "files-cancelled" });
      } else if (job.moved_bytes !== this.get(key)?.moved_bytes)
        this.change(key, { moved_bytes: job.moved_bytes });
    }
  }

  private get(key: number): Printed | undefined {
    return this.documents.get().find((each) => each.key === key);
  }

  private change(key: number, part: Partial<Printed>): void {
    this.documents.set(this.documents.get().map((each) => (each.key === key ? { ...each, ...part } : each)));
  }
}

function stateName(state: State): PrinterNow["state"] {
  switch (state) {
    case State.OFF:
      return "off";
    case State.STARTING:
      return "starting";
    case State.ON:
      return "on";
    case State.UNAVAILABLE:
      return "unavailable";
    default:
      return "unknown";
  }
}
