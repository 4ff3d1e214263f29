import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Chat_Author, EndReason } from "../generated/proto/beside/v1/common_pb";
import {
  CustomerHello_Kind,
  CustomerToServerSchema,
  type ServerToCustomer,
  ServerToCustomerSchema,
} from "../generated/proto/beside/v1/signalling_pb";
import type { ChatLine } from "../shared/session/chat";

export type Body = NonNullable<MessageInitShape<typeof CustomerToServerSchema>["body"]>;

const ENDINGS: Readonly<Record<EndReason, string>> = {
  [EndReason.UNSPECIFIED]: "unknown",
  [EndReason.CUSTOMER_STOPPED]: "customer-stopped",
  [EndReason.OPERATOR_ENDED]: "operator-ended",
  [EndReason.CUSTOMER_DECLINED]: "customer-declined",
  [EndReason.CUSTOMER_LOST]: "lost",
  [EndReason.OPERATOR_LOST]: "lost",
  [EndReason.EXPIRED]: "expired",
  [EndReason.POLICY_REFUSED]: "unknown",
  [EndReason.ADMINISTRATOR]: "operator-ended",
  [EndReason.SERVER_FAILED]: "server-failed",
  // Of the app alone: a page is told that its share failed by the browser, and goes on.
  [EndReason.SCREEN_DEPTH]: "unknown",
  [EndReason.RECORDING_REFUSED]: "recording-refused",
  [EndReason.SCREEN_MISSING]: "unknown",
  [EndReason.SCREEN_SIZE]: "unknown",
  [EndReason.SCREEN_LOST]: "unknown",
  [EndReason.SCREEN_FAILED]: "unknown",
  [EndReason.SECOND_OVER]: "unknown",
  [EndReason.HANDED_OVER]: "unknown",
};

/** The name of an end, as the message `join-ended-…` has it. */
export function endingOf(reason: EndReason): string {
  return ENDINGS[reason] ?? "unknown";
}

/** What this page is, and why it comes: with a code, or back to its session. */
export function helloOf(
  { code, resumeToken }: { readonly code: string; readonly resumeToken: Uint8Array | null },
  page: {
    readonly nonce: Uint8Array<ArrayBuffer>;
    readonly machine: { os: string; osVersion: string };
    readonly language: string;
  },
): Body {
  const entry =
    resumeToken === null
      ? ({ case: "code", value: code } as const)
      : ({ case: "resumeToken", value: new Uint8Array(resumeToken) } as const);
  const versions = { lowest: 1, highest: 1, program: "0.1.0" };
  const value = { versions, kind: CustomerHello_Kind.BROWSER, entry, ...page, features: ["chat"] };
  return { case: "hello", value };
}

/** The bytes of one message to the server. */
export function encode(body: Body): Uint8Array<ArrayBuffer> {
  return new Uint8Array(toBinary(CustomerToServerSchema, create(CustomerToServerSchema, { body })));
}

/** Reads a message of the server; null where it is none. */
export function decode(bytes: Uint8Array): ServerToCustomer | null {
  try {
    return fromBinary(ServerToCustomerSchema, bytes);
  } catch {
    return null;
  }
}

/** A line of the chat, as the wire has it. */
export function chatOf(line: ChatLine) {
  return {
    id: line.id,
    author: line.own ? Chat_Author.CUSTOMER : Chat_Author.OPERATOR,
    text: line.text,
    name: line.name,
    atMs: BigInt(line.at_ms),
  };
}
