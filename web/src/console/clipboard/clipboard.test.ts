import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ClipSchema, ClipBegin_Kind as Kind } from "../../generated/proto/beside/v1/clipboard_pb";
import { Store } from "../../shared/session/store";
import type { PeerMessageInit } from "../peer/input-wire";
import { Clipboard, type ClipContent, type PastedFile, TEXT_MAX_BYTES } from "./clipboard";

type What = NonNullable<MessageInitShape<typeof ClipSchema>["what"]>;

/** A clipboard at `now`, what it says, and what the browser takes. */
function desk(writes = true) {
  const said: What[] = [];
  const written: ClipContent[] = [];
  const sent: (readonly PastedFile[])[] = [];
  const timers: (() => void)[] = [];
  const shared = new Store(true);
  let now = 0;
  const clipboard = new Clipboard(shared, {
    send: (body: NonNullable<PeerMessageInit["body"]>) => {
      if (body.case === "clip" && body.value.what?.case !== undefined) said.push(body.value.what);
      return true;
    },
    write: (content) => {
      if (writes) written.push(content);
      return Promise.resolve(writes);
    },
    sendFiles: (files) => {
      sent.push(files);
      return Promise.resolve(files.length);
    },
    after: (_, task) => {
      timers.push(task);
      return () => void timers.splice(timers.indexOf(task), 1);
    },
    now: () => now,
  });
  const hear = (what: What) => clipboard.message(create(ClipSchema, { what }));
  const taken = (id: number, more: object) => hear({ case: "taken", value: { id, ...more } });
  const copies = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const value = { id: 1, kind: Kind.TEXT, sizeBytes: BigInt(bytes.byteLength) };
    hear({ case: "begin", value });
    hear({ case: "part", value: { id: 1, bytes } });
  };
  const at = (ms: number) => {
    now = ms;
  };
  const names = () => said.splice(0).map(({ case: name }) => name);
  return { clipboard, said, names, written, sent, shared, hear, taken, copies, at, timers };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

describe("the clipboard towards the customer (S-11)", () => {
  it("goes in parts, a window at a time, and is there when the customer's side says so", async () => {
    const o = desk();
    const arrives = o.clipboard.paste({ kind: "text", text: "x".repeat(200_000) });
    expect(o.names()).toEqual(["begin", ...Array.from({ length: 10 }, () => "part")]);
    o.taken(1, { takenBytes: 60_000n });
    expect(o.names()).toEqual(["part", "part", "part", "part", "part"]);
    o.taken(1, { takenBytes: 200_000n });
    o.names();
    o.taken(1, { done: true });
    expect(await arrives).toBe(true);
  });

  it("says why it is not pasted, and the customer's key is not pressed", async () => {
    const o = desk();
    const refused = o.clipboard.paste({ kind: "text", text: "a" });
    o.taken(1, { problem: "clipboard-forbidden" });
    expect(await refused).toBe(false);
    expect(o.clipboard.notice.get()).toEqual({ kind: "failed", problem: "clipboard-forbidden" });
    const large = o.clipboard.paste({ kind: "text", text: "x".repeat(TEXT_MAX_BYTES + 1) });
    expect(await large).toBe(false);
    expect(o.clipboard.notice.get()).toMatchObject({ kind: "too-large", toCustomer: true });
    const silent = o.clipboard.paste({ kind: "text", text: "b" });
    o.timers.at(-1)?.();
    expect(await silent).toBe(false);
  });

  it("leaves the customer's own copy alone where that is the later one, or the same", async () => {
    const o = desk();
    o.at(10);
    o.copies("theirs");
    o.names();
    expect(await o.clipboard.paste({ kind: "text", text: "older" })).toBe(true);
    o.at(20);
    o.clipboard.mayHaveCopied();
    expect(await o.clipboard.paste({ kind: "text", text: "theirs" })).toBe(true);
    expect(o.names()).toEqual([]);
    void o.clipboard.paste({ kind: "text", text: "mine" });
    expect(o.names()).toEqual(["begin", "part"]);
  });

  it("places files once they have come, and does not send the same again", async () => {
    const o = desk();
    const files = [{ file: new File(["abc"], "a.txt", { lastModified: 5 }), names: ["a.txt"] }];
    const placed = o.clipboard.paste({ kind: "files", files });
    await settled();
    expect(o.said.splice(0)).toEqual([{ case: "place", value: { batch: 1 } }]);
    o.taken(1, { done: true });
    expect(await placed).toBe(false);
    expect(o.clipboard.notice.get()).toEqual({ kind: "placed", count: 1 });
    expect(await o.clipboard.paste({ kind: "files", files })).toBe(true);
    expect(o.sent).toHaveLength(1);
  });
});

describe("the clipboard from the customer (S-11)", () => {
  it("is copied by itself where the browser lets it, else by the operator's press", async () => {
    const o = desk();
    o.copies("복사한 글");
    await settled();
    expect(o.written).toEqual([{ kind: "text", text: "복사한 글" }]);
    expect(o.clipboard.notice.get()).toBeNull();
    const blocked = desk(false);
    blocked.copies("복사한 글");
    await settled();
    expect(blocked.clipboard.notice.get()).toEqual({ kind: "to-copy", what: "text" });
  });

  it("takes no more than was said, and nothing with the switch off", async () => {
    const o = desk();
    o.hear({ case: "begin", value: { id: 1, kind: Kind.TEXT, sizeBytes: 1n } });
    o.hear({ case: "part", value: { id: 1, bytes: new Uint8Array(2) } });
    o.hear({ case: "begin", value: { id: 2, kind: Kind.PICTURE, sizeBytes: 1n << 62n } });
    await settled();
    expect(o.clipboard.notice.get()).toMatchObject({ kind: "too-large", toCustomer: false });
    o.shared.set(false);
    o.clipboard.tellShared();
    o.copies("off");
    await settled();
    expect(o.written).toEqual([]);
    expect(o.said.filter(({ case: name }) => name === "share")).toEqual([
      { case: "share", value: { on: false } },
    ]);
    expect(await o.clipboard.paste({ kind: "text", text: "off" })).toBe(true);
  });

  it("offers files until something else is copied", () => {
    const o = desk();
    o.hear({ case: "files", value: { files: [{ path: "/a/b", sizeBytes: 3n }], more: 2 } });
    expect(o.clipboard.notice.get()).toEqual({ kind: "files", count: 3 });
    o.copies("text");
    expect(o.clipboard.copiedFiles.get()).toEqual([]);
  });
});
