import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
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

/** The bytes of one message on the channel for files. */
export function encodeFiles(body: FilesBody): Uint8Array<ArrayBuffer> {
  return toBinary(Schema, create(Schema, { body }));
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
