import type { OpenSocket, SocketListener, SocketPort } from "./reconnecting-socket";
import type { TestClock } from "./test-clock";

/** The other end of a WebSocket, for tests: what came in, and ways to answer. */
export class TestSocket {
  readonly sent: Uint8Array<ArrayBuffer>[] = [];
  private listener: SocketListener | null = null;

  port(clock: TestClock): SocketPort {
    return { connect: (listener) => this.connect(listener), after: clock.after, random: () => 0.5 };
  }

  accept(): void {
    this.listener?.opened();
  }

  say(bytes: Uint8Array): void {
    this.listener?.message(bytes);
  }

  drop(): void {
    this.listener?.closed();
  }

  private connect(listener: SocketListener): OpenSocket {
    this.listener = listener;
    return { send: (bytes) => this.sent.push(bytes), close: () => {} };
  }
}
