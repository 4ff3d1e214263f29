// What the server has kept of a session, read from its database and proved as a third party would: by the chain of
// hashes, the seal, and the server's identity alone (crates/store/src/chain, crates/server/src/sessions/seal.rs).
import { expect } from "@playwright/test";
import { createHash, createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import { e2eFolder } from "./places.ts";
import { Program } from "./program.ts";
import type { Server } from "./server.ts";

interface Event {
  company_id: string;
  session_id: string;
  seq: number;
  prev: string;
  hash: string;
  kind: string;
  at_ms: number;
  source: string;
  source_seq: number;
  body_digest: string;
  salt: string;
  body: string;
}

interface Kept {
  integrity: string;
  foreign_keys: number;
  session: { id: string; chain_seq: number; chain_head: string; sealed_at_ms: number | null };
  /** Oldest first. */
  seals: { seal: string }[];
  events: Event[];
}

interface Seal {
  seq: number;
  head: string;
  at_ms: number;
  signed: { signature: string; certificate: { payload: string; signature: string; identity_key: string } };
}

/**
 * Expects of an ended session's record: a database that is whole, events without a gap, of each source too, each as it
 * was hashed, and the last under a seal of this server. Gives their kinds, in order.
 */
export async function proveRecord(server: Server, session: string): Promise<string[]> {
  const path = join(server.data, "beside.db");
  const { integrity, foreign_keys, session: row, seals, events } = JSON.parse(
    await Program.run("/usr/bin/python3", [join(e2eFolder, "parts", "kept.py"), path, session]),
  ) as Kept;
  expect([integrity, foreign_keys]).toEqual(["ok", 0]);
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  for (const source of new Set(events.map((event) => event.source))) {
    const numbers = events.filter((event) => event.source === source).map((event) => event.source_seq);
    expect(numbers, `numbers of the ${source}'s events`).toEqual(numbers.map((_, index) => index + 1));
  }
  const hashes = events.map((event) => event.hash);
  expect(events.map((event) => event.prev)).toEqual(["00".repeat(32), ...hashes.slice(0, -1)]);
  expect(events.map((event) => hashOf(event, session))).toEqual(hashes);
  expect([row.chain_seq, row.chain_head]).toEqual([events.length, hashes.at(-1)]);
  proveSeal(JSON.parse(seals.at(-1)?.seal ?? "{}") as Seal, row, await server.identity());
  return events.map((event) => event.kind);
}

function proveSeal({ seq, head, at_ms, signed: { signature, certificate } }: Seal, row: Kept["session"], identity: string): void {
  expect([seq, head]).toEqual([row.chain_seq, row.chain_head]);
  expect(sha256(hex(certificate.identity_key)).toString("hex")).toBe(identity);
  const payload = hex(certificate.payload);
  const certified = Buffer.concat([Buffer.from("beside/key/v1\0"), payload]);
  expect(isSigned(certified, certificate.signature, hex(certificate.identity_key))).toBe(true);
  // CertifiedKey { purpose: PURPOSE_RECORD, public_key: 32 bytes, … }, as proto/beside/v1/common.proto numbers them.
  expect([...payload.subarray(0, 4)]).toEqual([0x08, 2, 0x12, 32]);
  const sealed = Buffer.concat([Buffer.from("beside/seal/v2\0"), hex(row.id), long(seq), hex(head), long(at_ms)]);
  expect(isSigned(sealed, signature, payload.subarray(4, 36))).toBe(true);
}

function hashOf(event: Event, session: string): string {
  const digest = sha256(Buffer.concat([hex(event.salt), Buffer.from(event.body)]));
  expect(digest.toString("hex")).toBe(event.body_digest);
  const fields = [
    Buffer.from("beside/chain/v1"),
    hex(event.company_id),
    Buffer.from(`session/${session}`),
    long(event.seq),
    hex(event.prev),
    Buffer.from(event.kind),
    long(event.at_ms),
    Buffer.from(event.source),
    long(event.source_seq),
    digest,
  ];
  return sha256(Buffer.concat(fields.flatMap((field) => [long(field.length), field]))).toString("hex");
}

function isSigned(message: Buffer, signature: string, key: Buffer): boolean {
  // An Ed25519 key as X.509 writes it (RFC 8410 §4): this head, and 32 bytes.
  const der = Buffer.concat([hex("302a300506032b6570032100"), key]);
  return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), hex(signature));
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
