/** A connected WebSocket, as far as it is needed here. */
export type OpenSocket = { send(bytes: Uint8Array<ArrayBuffer>): void; close(): void };

export type SocketListener = { opened(): void; message(bytes: Uint8Array): void; closed(): void };

export type SocketPort = {
  /** Begins to connect; each listener function may be called later, never within this call. */
  connect(listener: SocketListener): OpenSocket;
  /** Runs `task` once after `delay_ms`; returns how to forget it. */
  after(delay_ms: number, task: () => void): () => void;
  /** 0 ≤ value < 1. */
  random(): number;
};

export type SocketUser = {
  /** The connection is up: the hello goes first. */
  opened(): void;
  message(bytes: Uint8Array): void;
  status(status: SocketStatus): void;
  /** What keeps the connection awake; the server answers. */
  ping(): Uint8Array<ArrayBuffer>;
};

export type SocketStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** `failures`: attempts in a row that brought no message. */
  | { readonly kind: "waiting"; readonly failures: number }
  | { readonly kind: "stopped" };

export const PING_EVERY_MS = 5_000;
/** As the server's own limit: a connection silent for so long is dead. */
export const SILENCE_MAX_MS = 15_000;
export const CONNECT_MAX_MS = 10_000;
export const BACKOFF_FIRST_MS = 500;
export const BACKOFF_MAX_MS = 5_000;

/** One connection to the server that is made again until it is stopped. */
export class ReconnectingSocket {
  private socket: OpenSocket | null = null;
  /** Counts connections, so that a late event of an old one says nothing about the new one. */
  private generation = 0;
  private failures = 0;
  private isOpen = false;
  private forgetSilence: (() => void) | null = null;
  private forgetPing: (() => void) | null = null;
  private forgetRetry: (() => void) | null = null;

  constructor(
    private readonly port: SocketPort,
    private readonly user: SocketUser,
  ) {}

  start(): void {
    this.drop();
    this.generation += 1;
    const generation = this.generation;
    const current = (run: () => void) => () => {
      if (generation === this.generation) run();
    };
    this.user.status({ kind: "connecting" });
    this.socket = this.port.connect({
      opened: current(() => this.opened()),
      message: (bytes) => {
        if (generation === this.generation) this.received(bytes);
      },
      closed: current(() => this.lost()),
    });
    this.expectWithin(CONNECT_MAX_MS);
  }

  /** Returns false where there is no connection now. */
  send(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.socket === null || !this.isOpen) return false;
    this.socket.send(bytes);
    return true;
  }

  stop(): void {
    this.drop();
    this.user.status({ kind: "stopped" });
  }

  private opened(): void {
    this.isOpen = true;
    this.expectWithin(SILENCE_MAX_MS);
    this.pingLater();
    this.user.status({ kind: "open" });
    this.user.opened();
  }

  private received(bytes: Uint8Array): void {
    this.failures = 0;
    this.expectWithin(SILENCE_MAX_MS);
    this.user.message(bytes);
  }

  private lost(): void {
    this.drop();
    const ideal_ms = Math.min(BACKOFF_FIRST_MS * 2 ** this.failures, BACKOFF_MAX_MS);
    this.failures += 1;
    this.user.status({ kind: "waiting", failures: this.failures });
    // Many consoles that lost one server must not come back in the same instant.
    const delay_ms = ideal_ms * (0.8 + 0.4 * this.port.random());
    this.forgetRetry = this.port.after(delay_ms, () => this.start());
  }

  private drop(): void {
    this.generation += 1;
    this.forgetSilence?.();
    this.forgetPing?.();
    this.forgetRetry?.();
    this.forgetSilence = null;
    this.forgetPing = null;
    this.forgetRetry = null;
    this.isOpen = false;
    this.socket?.close();
    this.socket = null;
  }

  private expectWithin(limit_ms: number): void {
    this.forgetSilence?.();
    this.forgetSilence = this.port.after(limit_ms, () => this.lost());
  }

  private pingLater(): void {
    this.forgetPing = this.port.after(PING_EVERY_MS, () => {
      this.send(this.user.ping());
      this.pingLater();
    });
  }
}
