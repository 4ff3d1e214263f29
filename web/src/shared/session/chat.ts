import { shown, shownLines } from "../strangers-text";
import { Store } from "./store";

/**
 * How far one's own line has come. `told`: this page did not write it, the other end says that another window of this side did.
 */
export type Delivery = "waiting" | "sent" | "delivered" | "told";

export type ChatLine = {
  /** The id's bytes in hex, for keys and comparison. */
  readonly key: string;
  readonly id: Uint8Array<ArrayBuffer>;
  readonly own: boolean;
  readonly text: string;
  readonly at_ms: number;
  /** Of another operator on this side [F-18]; else empty. */
  readonly name: string;
  /** Of own lines only. */
  readonly delivery: Delivery | null;
};

export type ChatPort = {
  /** Sends to the other end; false where there is no connection now. */
  send(line: ChatLine): boolean;
  /** `name`: of the operator who wrote it, where that is another than the session's [F-18]. */
  confirm(id: Uint8Array<ArrayBuffer>, name: string): void;
  /** For the record: both sides report each line once, so that neither can leave one out. */
  report(line: ChatLine): void;
  now(): number;
  newId(): Uint8Array<ArrayBuffer>;
};

/** As `beside.v1.Chat` says, in characters. */
export const CHAT_MAX_CHARACTERS = 4_000;
/** Of an operator's name, as the server cuts it. */
const NAME_MAX_CHARACTERS = 128;
/** The length of a line's id. */
const ID_BYTES = 16;
/** What the other end may send at once: all lines that an app keeps until they are delivered. */
const RECEIVED_BURST = 100;
/** Milliseconds between two lines of the other end in the long run; faster ones are not taken. */
const RECEIVED_INTERVAL_MS = 100;
/** Lines that one page keeps; the record keeps all. */
const LINES_MAX = 2_000;
/** Earlier lines that one connection may bring, as the app bounds them. */
const EARLIER_MAX = 200;
/** The last moment that a date can be (ECMA-262 §21.4.1.1), in milliseconds. */
const TIME_MAX_MS = 8.64e15;

/** A line that the other end had before this connection. */
export type EarlierLine = {
  readonly id: Uint8Array;
  readonly own: boolean;
  readonly text: string;
  readonly at_ms: number;
  readonly name?: string;
};

/** The chat of one session, either side (F-05). */
export class Chat {
  readonly lines = new Store<readonly ChatLine[]>([]);

  /** When a whole burst of the other end will be taken again. */
  private rested_ms = 0;
  /** Of this connection's earlier lines: how many came, and the key of the one after which the next belongs. */
  private earlierCount = 0;
  private earlierLast: string | null = null;

  constructor(private readonly port: ChatPort) {}

  /** Takes a line of this side; false where there is nothing to send. */
  write(text: string): boolean {
    const trimmed = cleaned(text);
    if (trimmed.length === 0) return false;
    const id = this.port.newId();
    const line: ChatLine = {
      key: keyOf(id),
      id,
      own: true,
      text: trimmed,
      at_ms: this.port.now(),
      name: "",
      delivery: "waiting",
    };
    this.add(this.attempt(line));
    this.port.report(line);
    return true;
  }

  /**
   * A line of the other side; a repeated one is confirmed again and shown once. What is no line for the server is none
   * here: nothing is shown that the record does not keep.
   */
  received(id: Uint8Array, text: string, name = ""): void {
    if (!this.hasRoom()) return;
    const cut = cleaned(text);
    if (id.length !== ID_BYTES || cut.length === 0) return;
    const own = new Uint8Array(id);
    this.port.confirm(own, name);
    const key = keyOf(own);
    if (this.lines.get().some((line) => line.key === key)) return;
    const at_ms = this.port.now();
    const line: ChatLine = { key, id: own, own: false, text: cut, at_ms, name, delivery: null };
    this.add(line);
    this.port.report(line);
  }

  delivered(id: Uint8Array): void {
    const key = keyOf(id);
    this.map((line) => (line.key === key && isOurs(line) ? { ...line, delivery: "delivered" } : line));
  }

  /** A new connection: what the other side has not confirmed goes once more. */
  connected(): void {
    this.earlierCount = 0;
    this.earlierLast = null;
    this.map((line) => (isOurs(line) && line.delivery !== "delivered" ? this.attempt(line) : line));
  }

  /**
   * Lines that the other end had before this connection, from another window of this side: in their order, each once. Whoever
   * was there has confirmed and reported them; one of the other side's that is new here is reported anew all the same, since
   * the other end may be lying, and nothing is shown that the record does not keep. For the same reason one of this side's
   * that is new here is marked as told by the other.
   */
  earlier(lines: readonly EarlierLine[]): void {
    const room = EARLIER_MAX - this.earlierCount;
    this.earlierCount += lines.length;
    for (const line of lines.slice(0, Math.max(room, 0))) this.insert(line);
  }

  /** What both sides have, the newest lines of it: for a connection to come. */
  earlierLines(): readonly ChatLine[] {
    const both = this.lines.get().filter(({ own, delivery }) => !own || delivery === "delivered");
    return both.slice(-EARLIER_MAX);
  }

  /** The session is another operator's [F-18]: the nameless lines so far are those of `before`, and `heir`'s are the nameless ones. */
  handedOver(before: string, heir: string): void {
    this.map((line) => {
      if (line.own) return line;
      return { ...line, name: line.name === heir ? "" : line.name === "" ? before : line.name };
    });
  }

  /** What an earlier page of the same side knew; a line that was not confirmed goes once more. */
  restore(lines: readonly ChatLine[]): void {
    const known = new Set(this.lines.get().map(({ key }) => key));
    this.lines.set([...lines.filter(({ key }) => !known.has(key)), ...this.lines.get()]);
  }

  private insert({ id, own, text, at_ms, name = "" }: EarlierLine): void {
    if (id.length !== ID_BYTES || cleaned(text).length === 0) return;
    const key = keyOf(id);
    const before = this.lines.get();
    const known = before.some((line) => line.key === key);
    if (known) this.delivered(id);
    else {
      const line: ChatLine = {
        key,
        id: new Uint8Array(id),
        own,
        text: cleaned(text),
        at_ms: at_ms <= TIME_MAX_MS ? at_ms : this.port.now(),
        name: shown(name, NAME_MAX_CHARACTERS),
        delivery: own ? "told" : null,
      };
      const at = before.findIndex((each) => each.key === this.earlierLast) + 1;
      this.lines.set([...before.slice(0, at), line, ...before.slice(at)].slice(-LINES_MAX));
      if (!own) this.port.report(line);
    }
    this.earlierLast = key;
  }

  private hasRoom(): boolean {
    const now = this.port.now();
    const rested = Math.max(this.rested_ms, now) + RECEIVED_INTERVAL_MS;
    if (rested - now > RECEIVED_BURST * RECEIVED_INTERVAL_MS) return false;
    this.rested_ms = rested;
    return true;
  }

  private attempt(line: ChatLine): ChatLine {
    return { ...line, delivery: this.port.send(line) ? "sent" : "waiting" };
  }

  private add(line: ChatLine): void {
    this.lines.set([...this.lines.get(), line].slice(-LINES_MAX));
  }

  private map(change: (line: ChatLine) => ChatLine): void {
    this.lines.set(this.lines.get().map(change));
  }
}

/** Written here, and not only told by the other end: that is never sent, nor confirmed by saying it again. */
function isOurs({ own, delivery }: ChatLine): boolean {
  return own && delivery !== "told";
}

/** A text as the server keeps it: nothing that cannot be seen but line feeds and tabs, no blanks at the ends, not too long. */
function cleaned(text: string): string {
  const kept = shownLines(text).trim();
  return [...kept].slice(0, CHAT_MAX_CHARACTERS).join("");
}

function keyOf(id: Uint8Array): string {
  return [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
