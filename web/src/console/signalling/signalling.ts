import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type ConsoleToServerSchema,
  ConsoleToServerSchema as Outgoing,
  type ServerToConsole,
  ServerToConsoleSchema,
} from "../../generated/proto/beside/v1/signalling_pb";
import {
  ReconnectingSocket,
  type SocketPort,
  type SocketStatus,
} from "../../shared/session/reconnecting-socket";
import { uuidBytes, uuidText } from "../../shared/session/uuid";

type Body = NonNullable<MessageInitShape<typeof ConsoleToServerSchema>["body"]>;
type Received = ServerToConsole["body"];

export type SignallingUser = {
  /** `sessionId` is empty for what concerns the connection itself. */
  message(sessionId: string, body: Received): void;
  status(status: SocketStatus): void;
  csrfToken(): string;
  ticket(): string;
};

/** The protocol versions that this console speaks. */
export const PROTOCOL = { lowest: 1, highest: 1, program: "0.1.0" } as const;

/** The console's one connection to the server; every message names its session. */
export class Signalling {
  private readonly socket: ReconnectingSocket;
  /** Messages that could not be read. */
  unreadable = 0;

  constructor(
    port: SocketPort,
    private readonly user: SignallingUser,
    private readonly now: () => number,
  ) {
    this.socket = new ReconnectingSocket(port, {
      opened: () => this.hello(),
      message: (bytes) => this.received(bytes),
      status: (status) => user.status(status),
      ping: () => encode("", { case: "ping", value: { atMs: BigInt(this.now()) } }),
    });
  }

  start(): void {
    this.socket.start();
  }

  stop(): void {
    this.socket.stop();
  }

  /** Returns false where there is no connection now. */
  send(sessionId: string, body: Body): boolean {
    return this.socket.send(encode(sessionId, body));
  }

  private hello(): void {
    const value = { versions: PROTOCOL, csrfToken: this.user.csrfToken(), ticket: this.user.ticket() };
    this.send("", { case: "hello", value });
  }

  private received(bytes: Uint8Array): void {
    const message = decode(bytes);
    if (message === null) this.unreadable += 1;
    else this.user.message(uuidText(message.sessionId), message.body);
  }
}

function encode(sessionId: string, body: Body): Uint8Array<ArrayBuffer> {
  return new Uint8Array(toBinary(Outgoing, create(Outgoing, { sessionId: uuidBytes(sessionId), body })));
}

function decode(bytes: Uint8Array): ServerToConsole | null {
  try {
    return fromBinary(ServerToConsoleSchema, bytes);
  } catch {
    return null;
  }
}
