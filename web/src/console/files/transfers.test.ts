import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { FilesMessageSchema } from "../../generated/proto/beside/v1/files_pb";
import type { News, Order } from "./file-work";
import { CHUNK_MAX_BYTES, type FilesBody, WINDOW_BYTES } from "./files-wire";
import { type Rule, TransferQueue } from "./queue";
import { type Place, Transfers } from "./transfers";

const KIB = 1024;
const DIGEST = new Uint8Array(32).fill(3);

/** Transfers whose customer and worker the test plays. */
function playing() {
  const said: FilesBody[] = [];
  const orders: Order[] = [];
  /** What the connection does not take. */
  const deaf = new Set<FilesBody["case"]>();
  const saved: string[] = [];
  const queue = new TransferQueue(() => 0);
  const transfers = new Transfers(queue, {
    say: (body) => {
      if (deaf.has(body.case)) return false;
      // As on a wire: what is said stays as it was, whatever becomes of its memory.
      said.push(structuredClone(body));
      return true;
    },
    order: (order) => orders.push(order),
    save: (_, name) => saved.push(name),
    newId: () => new Uint8Array(16),
  });
  transfers.opened();
  return {
    queue,
    transfers,
    saved,
    deaf,
    said: () => said.splice(0),
    orders: () => orders.splice(0),
    hears: (body: FilesBody) => transfers.message(create(FilesMessageSchema, { body }).body),
    news: (news: News) => transfers.news(news),
    states: () => queue.jobs.get().map(({ state }) => state),
    whys: () => queue.jobs.get().map(({ why }) => why),
  };
}

const cases = (bodies: FilesBody[]) => bodies.map((body) => body.case);
const settled = () => new Promise((done) => setTimeout(done));

function send(name: string, bytes: number) {
  return { file: new File([new Uint8Array(bytes)], name), folder: "/tmp", names: [name] };
}

function fetch(size_bytes: number, place: (rule: Rule) => Promise<Place> = () => Promise.resolve(to("a"))) {
  return { path: "/home/a", size_bytes, modified_ms: 4, place };
}

function to(name: string): Place {
  return { kind: "to", target: { kind: "private", name: "1" }, saveAs: name };
}

describe("what is sent [F-02, F-16]", () => {
  it("goes in chunks, no more on the way than was agreed, and its digest last", () => {
    const at = playing();
    at.transfers.send(send("보고서", 3 * WINDOW_BYTES), "ask");
    expect(at.said()).toMatchObject([
      { case: "sendFile", value: { transfer: 1, target: { folder: "/tmp" } } },
    ]);
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: BigInt(3 * WINDOW_BYTES) } });
    let sent = 0;
    let taken = 0;
    for (let turn = 0; turn < 100 && sent < 3 * WINDOW_BYTES; turn += 1) {
      const asks = at.orders().filter(({ kind }) => kind === "more").length;
      const bytes = Math.min(256 * KIB, 3 * WINDOW_BYTES - sent);
      if (asks > 0) at.news({ kind: "block", key: 1, bytes: new Uint8Array(bytes) });
      for (const body of at.said()) {
        if (body.case !== "transferChunk") continue;
        const size = body.value.bytes?.byteLength ?? 0;
        expect(size).toBeLessThanOrEqual(CHUNK_MAX_BYTES);
        sent += size;
      }
      expect(sent - taken).toBeLessThanOrEqual(WINDOW_BYTES);
      if (asks === 0) {
        taken = sent;
        at.hears({ case: "transferTaken", value: { transfer: 1, takenBytes: BigInt(taken) } });
      }
    }
    expect(sent).toBe(3 * WINDOW_BYTES);
    at.news({ kind: "end", key: 1, digest: DIGEST });
    expect(at.said()).toMatchObject([{ case: "transferEnd", value: { blake3: DIGEST } }]);
    at.hears({ case: "transferDone", value: { transfer: 1 } });
    expect(at.states()).toEqual(["done"]);
  });

  it("one after the other", () => {
    const at = playing();
    at.transfers.send(send("a", 1), "ask");
    at.transfers.send(send("b", 1), "ask");
    expect(cases(at.said())).toEqual(["sendFile"]);
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: 1n } });
    at.news({ kind: "block", key: 1, bytes: new Uint8Array(1) });
    at.news({ kind: "end", key: 1, digest: DIGEST });
    expect(cases(at.said())).toEqual(["transferChunk", "transferEnd"]);
    at.hears({ case: "transferDone", value: { transfer: 1 } });
    expect(at.said()).toMatchObject([{ case: "sendFile", value: { transfer: 2 } }]);
    expect(at.states()).toEqual(["done", "running"]);
  });

  it("asks where there is a file already, and goes on by what was decided", () => {
    const at = playing();
    at.transfers.send(send("a", 1), "ask");
    at.said();
    const there = { sizeBytes: 7n, modifiedMs: 8n };
    at.hears({ case: "transferStopped", value: { transfer: 1, why: "files-exists", ...there } });
    expect(at.queue.jobs.get()).toMatchObject([
      { state: "asking", there: { size_bytes: 7, modified_ms: 8 } },
    ]);
    at.transfers.decide(1, "keep-both");
    expect(at.said()).toMatchObject([{ case: "sendFile", value: { transfer: 2, conflict: 2 } }]);
    expect(at.states()).toEqual(["running"]);
  });

  it("asks without a time where the customer's app claims an impossible one", () => {
    const at = playing();
    at.transfers.send(send("a", 1), "ask");
    const there = { sizeBytes: 1n << 63n, modifiedMs: 1n << 63n };
    at.hears({ case: "transferStopped", value: { transfer: 1, why: "files-exists", ...there } });
    expect(at.queue.jobs.get()).toMatchObject([
      { there: { size_bytes: Number.MAX_SAFE_INTEGER, modified_ms: 0 } },
    ]);
  });

  it("is told in the customer's words when it fails, and can be tried again", () => {
    const at = playing();
    at.transfers.send(send("a", 1), "ask");
    at.hears({ case: "transferStopped", value: { transfer: 1, why: "files-disk-full" } });
    expect([at.states(), at.whys()]).toEqual([["failed"], ["files-disk-full"]]);
    at.said();
    at.transfers.again(1);
    expect(cases(at.said())).toEqual(["sendFile"]);
    at.hears({ case: "transferStopped", value: { transfer: 2, why: "files-skipped" } });
    expect(at.states()).toEqual(["skipped"]);
  });

  it("is done only when all of it was sent", () => {
    const at = playing();
    at.transfers.send(send("a", 10), "ask");
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: 10n } });
    at.said();
    at.hears({ case: "transferDone", value: { transfer: 1 } });
    expect([at.states(), at.whys()]).toEqual([["failed"], ["files-malformed"]]);
    expect(at.said()).toMatchObject([{ case: "transferStopped", value: { why: "files-malformed" } }]);
  });

  it("ends where the connection does not take what is said of it, and the next one begins", async () => {
    const at = playing();
    at.deaf.add("sendFile");
    at.transfers.send(send("a", 10), "ask");
    at.deaf.clear();
    at.transfers.send(send("b", 10), "ask");
    await settled();
    expect([at.states(), at.whys()]).toEqual([
      ["failed", "running"],
      ["files-own-failed", ""],
    ]);
    at.hears({ case: "transferReady", value: { transfer: 2, sizeBytes: 10n } });
    at.deaf.add("transferChunk");
    at.news({ kind: "block", key: 2, bytes: new Uint8Array(10) });
    await settled();
    expect(at.states()).toEqual(["failed", "failed"]);
  });

  it("waits where the connection is lost while something is said", async () => {
    const at = playing();
    at.deaf.add("sendFile");
    at.transfers.send(send("a", 10), "ask");
    at.transfers.lost();
    await settled();
    expect(at.states()).toEqual(["waiting"]);
  });

  it("has no time where it is older than times on the wire", () => {
    const at = playing();
    const file = new File([], "a", { lastModified: -1 });
    at.transfers.send({ file, folder: "/tmp", names: ["a"] }, "ask");
    expect(at.said()).toMatchObject([{ case: "sendFile", value: { modifiedMs: 0n } }]);
  });

  it("goes on after a lost connection where the customer has it", () => {
    const at = playing();
    at.transfers.send(send("a", 100 * KIB), "ask");
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: BigInt(100 * KIB) } });
    at.transfers.lost();
    expect(at.states()).toEqual(["waiting"]);
    at.said();
    at.orders();
    at.transfers.opened();
    const again = at.said();
    expect(again).toMatchObject([{ case: "sendFile", value: { transfer: 2 } }]);
    at.hears({ case: "transferReady", value: { transfer: 2, offsetBytes: BigInt(30 * KIB) } });
    expect(at.orders()).toMatchObject([
      { kind: "drop", key: 1 },
      { kind: "read", key: 2, from_bytes: 30 * KIB },
      { kind: "more", key: 2 },
    ]);
  });

  it("stands still while it is held, and ends when it is cancelled", () => {
    const at = playing();
    at.transfers.send(send("a", 100 * KIB), "ask");
    at.hears({ case: "transferReady", value: { transfer: 1 } });
    at.said();
    at.transfers.pause(1);
    at.news({ kind: "block", key: 1, bytes: new Uint8Array(100 * KIB) });
    expect([at.states(), at.said()]).toEqual([["paused"], []]);
    at.transfers.resume(1);
    expect(cases(at.said())).toContain("transferChunk");
    at.transfers.cancel(1);
    expect(at.said()).toMatchObject([{ case: "transferStopped", value: { why: "files-cancelled" } }]);
    expect(at.states()).toEqual(["cancelled"]);
  });
});

describe("what is fetched [F-02, F-17]", () => {
  it("is written as it comes, and saved when its digest is right", async () => {
    const at = playing();
    at.transfers.fetch("a", fetch(100 * KIB), "ask");
    await settled();
    expect(at.orders()).toMatchObject([{ kind: "write", key: 1, size_bytes: 100 * KIB }]);
    expect(at.said()).toMatchObject([{ case: "fetchFile", value: { path: "/home/a", offsetBytes: 0n } }]);
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: BigInt(100 * KIB), modifiedMs: 4n } });
    const comes = (kib: number) =>
      at.hears({ case: "transferChunk", value: { transfer: 1, bytes: new Uint8Array(kib * KIB) } });
    for (const kib of [15, 15, 15]) comes(kib);
    expect(at.orders()).toEqual([]);
    // Several at once, and the last ones when all is there.
    for (const kib of [15, 0, 15, 15, 10]) comes(kib);
    const written = at.orders().map((order) => (order.kind === "bytes" ? order.pieces.length : order.kind));
    expect(written).toEqual([4, 3]);
    at.news({ kind: "written", key: 1, written_bytes: 100 * KIB - 1 });
    expect(at.said()).toMatchObject([
      { case: "transferTaken", value: { takenBytes: BigInt(100 * KIB - 1) } },
    ]);
    at.news({ kind: "finished", key: 1, file: new File([], "1") });
    expect(cases(at.said())).toEqual(["transferDone"]);
    expect([at.saved, at.states()]).toEqual([["a"], ["done"]]);
  });

  it("CVE-2026-76840: more than a customer's app announced is written nowhere", async () => {
    for (const bytes of [11, CHUNK_MAX_BYTES, 10 * WINDOW_BYTES]) {
      const at = playing();
      at.transfers.fetch("a", fetch(10), "ask");
      await settled();
      at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: 10n } });
      at.hears({ case: "transferChunk", value: { transfer: 1, bytes: new Uint8Array(bytes) } });
      expect([at.states(), at.whys()]).toEqual([["failed"], ["files-more-than-claimed"]]);
      const orders = at.orders();
      expect(orders.filter(({ kind }) => kind === "bytes")).toEqual([]);
      expect(orders.at(-1)).toEqual({ kind: "drop", key: 1 });
      expect(at.saved).toEqual([]);
    }
  });

  it("is not taken where less comes, or where it comes damaged", async () => {
    const at = playing();
    at.transfers.fetch("a", fetch(10), "ask");
    await settled();
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: 10n } });
    at.hears({ case: "transferEnd", value: { transfer: 1, blake3: DIGEST } });
    at.transfers.fetch("b", fetch(0), "ask");
    await settled();
    at.hears({ case: "transferReady", value: { transfer: 2 } });
    at.hears({ case: "transferEnd", value: { transfer: 2, blake3: DIGEST } });
    at.news({ kind: "failed", key: 2, why: "files-digest" });
    expect(at.whys()).toEqual(["files-truncated", "files-digest"]);
    expect(at.said().filter((body) => body.case === "transferStopped")).toHaveLength(2);
    expect(at.saved).toEqual([]);
  });

  it("is not done because the customer's app says so, and nothing of it stays", async () => {
    const at = playing();
    at.transfers.fetch("a", fetch(10), "ask");
    await settled();
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: 10n } });
    at.hears({ case: "transferDone", value: { transfer: 1 } });
    expect([at.states(), at.whys(), at.saved]).toEqual([["failed"], ["files-malformed"], []]);
    expect(at.orders().at(-1)).toEqual({ kind: "drop", key: 1 });
  });

  it("asks, skips or begins by what stands here", async () => {
    const at = playing();
    const there = { size_bytes: 1, modified_ms: 2 };
    const place = (rule: Rule): Promise<Place> =>
      Promise.resolve(rule === "ask" ? { kind: "ask", there } : rule === "skip" ? { kind: "skip" } : to("a"));
    at.transfers.fetch("a", fetch(1, place), "ask");
    await settled();
    expect(at.queue.jobs.get()).toMatchObject([{ state: "asking", there }]);
    at.transfers.fetch("b", fetch(1, place), "skip");
    await settled();
    expect(at.states()).toEqual(["asking", "skipped"]);
    expect(at.said()).toEqual([]);
    at.transfers.decide(1, "overwrite");
    await settled();
    expect(cases(at.said())).toEqual(["fetchFile"]);
  });

  it("takes nothing more while it is held", async () => {
    const at = playing();
    at.transfers.fetch("a", fetch(100 * KIB), "ask");
    await settled();
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: BigInt(100 * KIB) } });
    at.said();
    at.transfers.pause(1);
    at.news({ kind: "written", key: 1, written_bytes: 80 * KIB });
    expect(at.said()).toEqual([]);
    at.transfers.resume(1);
    expect(at.said()).toMatchObject([{ case: "transferTaken", value: { takenBytes: BigInt(80 * KIB) } }]);
  });

  it("goes on after a lost connection with what it has", async () => {
    const at = playing();
    at.transfers.fetch("a", fetch(100 * KIB), "ask");
    await settled();
    at.hears({ case: "transferReady", value: { transfer: 1, sizeBytes: BigInt(100 * KIB), modifiedMs: 4n } });
    at.hears({ case: "transferChunk", value: { transfer: 1, bytes: new Uint8Array(CHUNK_MAX_BYTES) } });
    at.transfers.lost();
    at.said();
    at.transfers.opened();
    await settled();
    expect(at.said()).toMatchObject([
      {
        case: "fetchFile",
        value: { offsetBytes: BigInt(CHUNK_MAX_BYTES), sizeBytes: BigInt(100 * KIB), modifiedMs: 4n },
      },
    ]);
  });
});
