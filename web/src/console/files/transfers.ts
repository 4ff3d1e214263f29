import type { FilesMessage } from "../../generated/proto/beside/v1/files_pb";
import { SendFile_Conflict as Conflict } from "../../generated/proto/beside/v1/files_pb";
import { sizeOf, timeOf } from "../peer/claimed";
import { BLOCK_BYTES, type News, type Order, type WriteTarget } from "./file-work";
import { CHUNK_MAX_BYTES, type FilesBody, TAKEN_BYTES, TRANSFERS_MAX, WINDOW_BYTES } from "./files-wire";
import { type Existing, hasEnded, type Rule, type TransferQueue } from "./queue";
import { release } from "./release";

/** A file of the operator's, and where it goes. `folder`: empty for the customer's folder for downloads. */
export type SendPlan = {
  readonly file: File;
  readonly folder: string;
  readonly names: readonly string[];
  /** For the customer's clipboard: with what else it was copied [S-11]. `folder` is empty then. */
  readonly clipboard?: number;
};

/** A file of the customer's, and where it goes. */
export type FetchPlan = {
  readonly path: string;
  readonly size_bytes: number;
  readonly modified_ms: number;
  /** Where it goes under a rule: asked anew each time it begins. */
  readonly place: (rule: Rule) => Promise<Place>;
  /** It is a document that the customer printed, of this number, and has no path [S-12]. */
  readonly printed?: number;
  /** Takes a file of the browser's own store that is not to be saved at once. */
  readonly finished?: (file: File) => void;
};

export type Place =
  | { readonly kind: "to"; readonly target: WriteTarget; readonly saveAs: string | null }
  | { readonly kind: "skip" }
  | { readonly kind: "ask"; readonly there: Existing };

export type TransfersPort = {
  /** False where there is no connection now. */
  say(body: FilesBody): boolean;
  order(order: Order): void;
  /** Hands a file of the browser's own store to the operator. */
  save(file: File, name: string): void;
  newId(): Uint8Array<ArrayBuffer>;
};

type Plan = { readonly send: SendPlan } | { readonly fetch: FetchPlan };

/** What is known of a job beyond what is shown. */
type Running = {
  readonly plan: Plan;
  readonly id: Uint8Array<ArrayBuffer>;
  /** By which both the customer and the worker know it; another after each beginning. */
  number: number;
  begun: boolean;
  held: boolean;
  /** Of one that is sent. */
  sent_bytes: number;
  taken_bytes: number;
  readonly blocks: Uint8Array<ArrayBuffer>[];
  asked: boolean;
  digest: Uint8Array<ArrayBuffer> | null;
  ended: boolean;
  /** Of one that is fetched. */
  received_bytes: number;
  /** What came and the worker does not have yet: less than `GATHERED_BYTES`. */
  gathered: Uint8Array<ArrayBuffer>[];
  gathered_bytes: number;
  written_bytes: number;
  told_bytes: number;
  size_bytes: number;
  modified_ms: number;
  saveAs: string | null;
  sinkOpen: boolean;
};

/** What is fetched goes to the worker in parts of so much, or what is left: less than may be ahead of it, so that none stays behind. */
const GATHERED_BYTES = BLOCK_BYTES / 4;

const WIRE_RULES: Readonly<Record<Rule, Conflict>> = {
  ask: Conflict.UNSPECIFIED,
  overwrite: Conflict.OVERWRITE,
  "keep-both": Conflict.KEEP_BOTH,
  skip: Conflict.SKIP,
  newer: Conflict.NEWER,
};

/** Moves the files of a queue, one after the other; those that are held keep their place. */
export class Transfers {
  private readonly running = new Map<number, Running>();
  private lastNumber = 0;
  private connected = false;

  constructor(
    private readonly queue: TransferQueue,
    private readonly port: TransfersPort,
  ) {}

  send(plan: SendPlan, rule: Rule): number {
    const { id } = this.queue.add("send", plan.names.join("/"), plan.file.size, rule);
    this.plan(id, { send: plan });
    return id;
  }

  /** The number of its job. */
  fetch(name: string, plan: FetchPlan, rule: Rule): number {
    const { id } = this.queue.add("fetch", name, plan.size_bytes, rule);
    this.plan(id, { fetch: plan });
    return id;
  }

  /** The connection is there: what waits begins. */
  opened(): void {
    this.connected = true;
    this.pump();
  }

  /** The connection is gone: what runs waits for the next one and goes on where it stood. */
  lost(): void {
    this.connected = false;
    for (const [job, it] of this.running) {
      it.begun = false;
      const state = this.queue.get(job)?.state;
      if (state === "running") this.queue.change(job, { state: "waiting" });
    }
  }

  /** The session is over. */
  end(): void {
    for (const job of [...this.running.keys()]) this.stop(job, "failed", "files-connection-lost");
  }

  pause(job: number): void {
    const it = this.running.get(job);
    if (it === undefined || !["running", "waiting"].includes(this.queue.get(job)?.state ?? "")) return;
    it.held = true;
    this.queue.change(job, { state: "paused" });
    this.pump();
  }

  resume(job: number): void {
    const it = this.running.get(job);
    if (it === undefined || this.queue.get(job)?.state !== "paused") return;
    it.held = false;
    this.queue.change(job, { state: it.begun ? "running" : "waiting" });
    this.flow(job, it);
    this.tellTaken(job, it);
    this.pump();
  }

  cancel(job: number): void {
    const it = this.running.get(job);
    if (it === undefined) return;
    if (it.begun) this.sayStopped(it.number, "files-cancelled");
    this.stop(job, "cancelled", "");
  }

  /** The operator has said what to do with a file that is there. */
  decide(job: number, rule: Rule): void {
    if (this.queue.get(job)?.state !== "asking" || rule === "ask") return;
    this.queue.change(job, { rule, state: "waiting", there: null });
    this.pump();
  }

  again(job: number): void {
    const shown = this.queue.get(job);
    if (shown === undefined || !["failed", "cancelled"].includes(shown.state)) return;
    const plan = this.plans.get(job);
    if (plan === undefined) return;
    this.queue.change(job, { state: "waiting", why: "", moved_bytes: 0 });
    this.begin(job, plan);
    this.pump();
  }

  message(body: FilesMessage["body"]): void {
    switch (body.case) {
      case "transferReady":
        this.of(body.value.transfer, (job, it) =>
          this.ready(job, it, sizeOf(body.value.offsetBytes), {
            size_bytes: sizeOf(body.value.sizeBytes),
            modified_ms: timeOf(body.value.modifiedMs),
          }),
        );
        break;
      case "transferChunk":
        // A part of the message, whose memory goes on to the worker: it is no shared one, and nobody else reads it.
        this.of(body.value.transfer, (job, it) =>
          this.chunk(job, it, body.value.bytes as Uint8Array<ArrayBuffer>),
        );
        break;
      case "transferTaken":
        this.of(body.value.transfer, (job, it) => this.taken(job, it, sizeOf(body.value.takenBytes)));
        break;
      case "transferEnd":
        this.of(body.value.transfer, (job, it) => this.ends(job, it, body.value.blake3));
        break;
      case "transferDone":
        this.of(body.value.transfer, (job, it) => this.done(job, it));
        break;
      case "transferStopped": {
        const there = {
          size_bytes: sizeOf(body.value.sizeBytes),
          modified_ms: timeOf(body.value.modifiedMs),
        };
        this.of(body.value.transfer, (job, it) => this.stopped(job, it, body.value.why.slice(0, 64), there));
        break;
      }
      default:
        break;
    }
  }

  /** What the worker says. */
  news(news: News): void {
    this.of(news.key, (job, it) => {
      switch (news.kind) {
        case "block":
          it.asked = false;
          it.blocks.push(news.bytes);
          this.flow(job, it);
          break;
        case "end":
          it.digest = news.digest;
          this.flow(job, it);
          break;
        case "written":
          it.written_bytes = news.written_bytes;
          this.queue.moved(job, news.written_bytes);
          this.tellTaken(job, it);
          break;
        case "finished":
          this.port.say({ case: "transferDone", value: { transfer: it.number } });
          if (news.file !== null && it.saveAs !== null) this.port.save(news.file, it.saveAs);
          if (news.file !== null && "fetch" in it.plan) it.plan.fetch.finished?.(news.file);
          this.finished(job);
          break;
        case "failed":
          if (it.begun) this.sayStopped(it.number, news.why);
          this.stop(job, "failed", news.why);
          break;
      }
    });
  }

  /** Plans of what has failed, so that it can be tried again. */
  private readonly plans = new Map<number, Plan>();

  private plan(job: number, plan: Plan): void {
    this.plans.set(job, plan);
    this.begin(job, plan);
    this.pump();
  }

  private begin(job: number, plan: Plan): void {
    this.running.set(job, {
      plan,
      id: this.port.newId(),
      number: 0,
      begun: false,
      held: false,
      sent_bytes: 0,
      taken_bytes: 0,
      blocks: [],
      asked: false,
      digest: null,
      ended: false,
      received_bytes: 0,
      gathered: [],
      gathered_bytes: 0,
      written_bytes: 0,
      told_bytes: 0,
      size_bytes: 0,
      modified_ms: 0,
      saveAs: null,
      sinkOpen: false,
    });
  }

  /** Begins the next where there is room. */
  private pump(): void {
    if (!this.connected) return;
    const held = [...this.running.values()].filter((it) => it.begun && it.held).length;
    if (this.queue.count("running") > 0 || held >= TRANSFERS_MAX - 1) return;
    const next = this.queue.next();
    const it = next === undefined ? undefined : this.running.get(next.id);
    if (next === undefined || it === undefined) return;
    this.queue.change(next.id, { state: "running" });
    this.lastNumber += 1;
    if (!it.sinkOpen) {
      if (it.number !== 0) this.port.order({ kind: "drop", key: it.number });
      it.number = this.lastNumber;
    }
    it.begun = true;
    // What was said on an earlier connection counts no more.
    it.ended = false;
    it.digest = null;
    it.blocks.length = 0;
    if ("send" in it.plan) this.askToSend(next.id, it, it.plan.send, next.rule);
    else void this.askToFetch(next.id, it, it.plan.fetch, next.rule);
  }

  private askToSend(
    job: number,
    it: Running,
    { file, folder, names, clipboard }: SendPlan,
    rule: Rule,
  ): void {
    this.tell(job, it, {
      case: "sendFile",
      value: {
        transfer: it.number,
        id: it.id,
        target: { folder, names: [...names], clipboard: clipboard ?? 0 },
        sizeBytes: BigInt(file.size),
        // Before 1970 is not known on the wire.
        modifiedMs: BigInt(Math.max(0, file.lastModified)),
        conflict: WIRE_RULES[rule],
      },
    });
  }

  private async askToFetch(job: number, it: Running, plan: FetchPlan, rule: Rule): Promise<void> {
    if (!it.sinkOpen) {
      const place = await plan.place(rule).catch(() => null);
      if (this.running.get(job) !== it) return;
      if (place === null) return this.stop(job, "failed", "files-own-denied");
      if (place.kind === "skip") return this.stop(job, "skipped", "");
      if (place.kind === "ask") return this.asks(job, it, place.there);
      it.saveAs = place.saveAs;
      this.port.order({ kind: "write", key: it.number, target: place.target, size_bytes: plan.size_bytes });
      it.sinkOpen = true;
    }
    const asked = {
      transfer: it.number,
      id: it.id,
      offsetBytes: BigInt(it.received_bytes),
      sizeBytes: BigInt(it.size_bytes),
      modifiedMs: BigInt(it.modified_ms),
    };
    this.tell(
      job,
      it,
      plan.printed === undefined
        ? { case: "fetchFile", value: { ...asked, path: plan.path } }
        : { case: "fetchPrinted", value: { ...asked, document: plan.printed } },
    );
  }

  private ready(job: number, it: Running, offset_bytes: number, { size_bytes, modified_ms }: Existing): void {
    if ("fetch" in it.plan) {
      it.size_bytes = size_bytes;
      it.modified_ms = modified_ms;
      this.queue.change(job, { size_bytes });
      return;
    }
    const { file } = it.plan.send;
    it.sent_bytes = offset_bytes;
    it.taken_bytes = offset_bytes;
    it.blocks.length = 0;
    it.digest = null;
    it.ended = false;
    it.asked = false;
    this.queue.moved(job, offset_bytes);
    this.port.order({ kind: "read", key: it.number, file, from_bytes: offset_bytes });
    this.flow(job, it);
  }

  /** Sends what may be on its way, and asks the worker for more. */
  private flow(job: number, it: Running): void {
    if (!("send" in it.plan) || it.held || !it.begun || it.ended) return;
    for (;;) {
      const block = it.blocks[0];
      if (block === undefined) break;
      const chunk = block.subarray(0, CHUNK_MAX_BYTES);
      if (it.sent_bytes + chunk.byteLength - it.taken_bytes > WINDOW_BYTES) return;
      if (!this.tell(job, it, { case: "transferChunk", value: { transfer: it.number, bytes: chunk } }))
        return;
      it.sent_bytes += chunk.byteLength;
      if (chunk.byteLength === block.byteLength) {
        it.blocks.shift();
        release(block);
      } else it.blocks[0] = block.subarray(CHUNK_MAX_BYTES);
    }
    if (it.digest !== null) {
      it.ended = true;
      this.tell(job, it, { case: "transferEnd", value: { transfer: it.number, blake3: it.digest } });
    } else if (!it.asked && this.queue.get(job)?.state === "running") {
      it.asked = true;
      this.port.order({ kind: "more", key: it.number });
    }
  }

  private taken(job: number, it: Running, taken_bytes: number): void {
    if (taken_bytes < it.taken_bytes || taken_bytes > it.sent_bytes) return;
    it.taken_bytes = taken_bytes;
    this.queue.moved(job, taken_bytes);
    this.flow(job, it);
  }

  private chunk(job: number, it: Running, bytes: Uint8Array<ArrayBuffer>): void {
    if (!("fetch" in it.plan) || !it.begun || bytes.byteLength === 0) return;
    it.received_bytes += bytes.byteLength;
    const ahead = it.received_bytes - it.written_bytes;
    if (it.received_bytes > it.size_bytes || ahead > 2 * WINDOW_BYTES) {
      this.sayStopped(it.number, "files-more-than-claimed");
      this.stop(job, "failed", "files-more-than-claimed");
      return;
    }
    it.gathered.push(bytes);
    it.gathered_bytes += bytes.byteLength;
    if (it.gathered_bytes < GATHERED_BYTES && it.received_bytes < it.size_bytes) return;
    this.port.order({ kind: "bytes", key: it.number, pieces: it.gathered });
    it.gathered = [];
    it.gathered_bytes = 0;
  }

  /** Held, nothing is said to be taken, so nothing more comes. */
  private tellTaken(job: number, it: Running): void {
    if (!("fetch" in it.plan) || it.held || !it.begun) return;
    const all = it.written_bytes === it.size_bytes;
    if (it.written_bytes - it.told_bytes < TAKEN_BYTES && !all) return;
    it.told_bytes = it.written_bytes;
    const value = { transfer: it.number, takenBytes: BigInt(it.written_bytes) };
    this.tell(job, it, { case: "transferTaken", value });
  }

  private ends(job: number, it: Running, digest: Uint8Array): void {
    if (!("fetch" in it.plan)) return;
    if (it.received_bytes === it.size_bytes) {
      this.port.order({ kind: "finish", key: it.number, digest });
      return;
    }
    this.sayStopped(it.number, "files-truncated");
    this.stop(job, "failed", "files-truncated");
  }

  private stopped(job: number, it: Running, why: string, there: Existing): void {
    if (why === "files-exists" && "send" in it.plan && this.queue.get(job)?.rule === "ask")
      this.asks(job, it, there);
    else if (why === "files-skipped") this.stop(job, "skipped", "");
    else this.stop(job, "failed", why);
  }

  private asks(job: number, it: Running, there: Existing): void {
    it.begun = false;
    this.queue.change(job, { state: "asking", there });
    this.pump();
  }

  /** The customer's app has all of it; it cannot have what was not said to end, nor say so of what comes from it. */
  private done(job: number, it: Running): void {
    if (it.begun && it.ended) {
      this.finished(job);
      return;
    }
    if (it.begun) this.sayStopped(it.number, "files-malformed");
    this.stop(job, "failed", "files-malformed");
  }

  private finished(job: number): void {
    const size_bytes = this.queue.get(job)?.size_bytes ?? 0;
    this.queue.moved(job, size_bytes);
    this.running.delete(job);
    this.plans.delete(job);
    this.queue.change(job, { state: "done" });
    this.pump();
  }

  private stop(job: number, state: "failed" | "cancelled" | "skipped", why: string): void {
    const it = this.running.get(job);
    if (it !== undefined && it.number !== 0) this.port.order({ kind: "drop", key: it.number });
    this.running.delete(job);
    const shown = this.queue.get(job);
    if (shown !== undefined && !hasEnded(shown)) this.queue.change(job, { state, why, there: null });
    this.pump();
  }

  /** Says something of a job. What a connection that is there does not take ends it; without one, it waits. */
  private tell(job: number, it: Running, body: FilesBody): boolean {
    if (this.port.say(body)) return true;
    // Afterwards: whoever says something is in the midst of it.
    queueMicrotask(() => {
      if (!it.begun || this.running.get(job) !== it) return;
      this.sayStopped(it.number, "files-own-failed");
      this.stop(job, "failed", "files-own-failed");
    });
    return false;
  }

  private sayStopped(transfer: number, why: string): void {
    this.port.say({ case: "transferStopped", value: { transfer, why } });
  }

  private of(number: number, run: (job: number, it: Running) => void): void {
    for (const [job, it] of this.running) {
      if (it.number === number) {
        run(job, it);
        return;
      }
    }
  }
}
