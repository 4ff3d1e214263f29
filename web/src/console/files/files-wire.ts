import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  TransferChunkSchema as ChunkSchema,
  type FilesMessage,
  type FilesMessageSchema,
  FilesMessageSchema as Schema,
} from "../../generated/proto/beside/v1/files_pb";

export type FilesBody = NonNullable<MessageInitShape<typeof FilesMessageSchema>["body"]>;

/** No message between console and customer is longer. */
const MESSAGE_MAX_BYTES = 16 * 1024;
/** One piece of a file. */
export const CHUNK_MAX_BYTES = 15 * 1024;
/** What is on its way of one file and not yet written by the receiver. */
export const WINDOW_BYTES = 1024 * 1024;
/** A receiver tells after so much how far it has written. */
export const TAKEN_BYTES = 64 * 1024;
/** Transfers that run at a time, those that are held among them. */
export const TRANSFERS_MAX = 4;

/** The bytes of one message on the channel for files; they hold until the next one is asked for. */
export function encodeFiles(body: FilesBody): Uint8Array<ArrayBuffer> {
  return body.case === "transferChunk" ? encodeChunk(body.value) : toBinary(Schema, create(Schema, { body }));
}

/** Parts of files are written here one after the other: memory of their own would stand until the garbage collector looks, tens of MiB of it. */
const chunkMemory = new ArrayBuffer(MESSAGE_MAX_BYTES);
let chunkMessage = new Uint8Array(chunkMemory);

/** What `toBinary` gives. */
function encodeChunk({
  transfer = 0,
  bytes = new Uint8Array(),
}: MessageInitShape<typeof ChunkSchema>): Uint8Array<ArrayBuffer> {
  const fields = new BinaryWriter()
    .tag(ChunkSchema.field.transfer.number, WireType.Varint)
    .uint32(transfer)
    .tag(ChunkSchema.field.bytes.number, WireType.LengthDelimited)
    .uint32(bytes.byteLength)
    .finish();
  const head = new BinaryWriter()
    .tag(Schema.field.transferChunk.number, WireType.LengthDelimited)
    .uint32(fields.byteLength + bytes.byteLength)
    .raw(fields)
    .finish();
  const size_bytes = head.byteLength + bytes.byteLength;
  // Most are of one size, and the browser keeps something for each view that it was given.
  if (chunkMessage.byteLength !== size_bytes) chunkMessage = new Uint8Array(chunkMemory, 0, size_bytes);
  chunkMessage.set(head);
  chunkMessage.set(bytes, head.byteLength);
  return chunkMessage;
}

/** A message of the customer's; null where it is none. */
export function decodeFiles(data: unknown): FilesMessage["body"] | null {
  if (!(data instanceof ArrayBuffer) || data.byteLength > MESSAGE_MAX_BYTES) return null;
  try {
    return fromBinary(Schema, new Uint8Array(data)).body;
  } catch {
    return null;
  }
}
