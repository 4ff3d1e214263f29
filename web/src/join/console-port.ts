import type { MessageInitShape } from "@bufbuild/protobuf";
import type { PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import type { EventKind } from "../shared/session/event-outbox";

/** A message to an operator's console. */
export type PeerBody = NonNullable<MessageInitShape<typeof PeerMessageSchema>["body"]>;

/** What the page's tools need to answer an operator's console, and to have it in the record. */
export type ConsolePort = {
  now(): number;
  after(delay_ms: number, task: () => void): () => void;
  report(event: EventKind): void;
  /** To the console; false where there is no connection now. */
  tell(body: PeerBody): boolean;
  /** A console asked without leave, or too often. */
  refuse(what: string): void;
};
