import { EndReason } from "../../generated/proto/beside/v1/common_pb";
import type { PeerMessage } from "../../generated/proto/beside/v1/peer_pb";
import type { Agreed } from "../../generated/proto/beside/v1/signalling_pb";
import { Chat } from "../../shared/session/chat";
import { EventOutbox } from "../../shared/session/event-outbox";
import { Store } from "../../shared/session/store";
import type { Combination, InputEvent, Point } from "../input/input-event";
import { InputSender } from "../input/sender";
import { encodeInput, encodePeer, type PeerMessageInit } from "../peer/input-wire";
import type { PeerLink, PeerStatus, PeerUser, Quality } from "../peer/peer";
import { readPointerShape } from "./pointer-shape";
import {
  AT_FIRST,
  type ControlName,
  chatOf,
  controlName,
  NO_QUALITY,
  type SessionLive,
  type SessionPort,
} from "./session-live";
import { SessionPicture } from "./session-picture";
import { type EndReasonName, kindName, reasonName, type SessionSummary } from "./session-view";

/** A closing menu takes the focus back to its button before that. */
const MENU_CLOSES_MS = 300;
/** Long enough to be read; the record keeps it anyway. */
const NOTICE_SHOWN_MS = 8_000;
/** A closed connection drops what it has not sent: the farewell goes first. */
const FAREWELL_MS = 300;
const QUALITY_EVERY_MS = 2_000;
/** How soon a connection that failed is tried again, while the customer is there. */
const RETRY_AFTER_MS = 1_500;
/** An offer that nobody answers is made anew. */
const CONNECT_MAX_MS = 20_000;

/** One support session in this console: its connection, its input, its chat. Knows neither React nor the page. */
export class Session {
  readonly summary: Store<SessionSummary>;
  readonly live = new Store<SessionLive>(AT_FIRST);
  readonly chat: Chat;
  readonly picture: SessionPicture;
  /** Counts wishes that the keyboard goes back to the customer, after a menu of the console. */
  readonly keyboardWishes = new Store(0);
  private readonly outbox: EventOutbox;
  private peer: PeerLink | null = null;
  private input: InputSender | null = null;
  private keepsPeer = false;
  private endUntold = false;
  private chatShown = false;
  private forgetQuality: (() => void) | null = null;
  private forgetRetry: (() => void) | null = null;
  private generation = 0;

  constructor(
    summary: SessionSummary,
    private readonly port: SessionPort,
  ) {
    this.summary = new Store(summary);
    this.outbox = new EventOutbox((event) => port.send({ case: "event", value: event }), port.now);
    this.chat = new Chat({
      send: (line) => this.sendToPeer({ case: "chat", value: chatOf(line) }),
      confirm: (id) => this.sendToPeer({ case: "chatDelivered", value: { id } }),
      report: (line) => this.outbox.add({ case: "chat", value: chatOf(line) }),
      now: port.now,
      newId: port.newId,
    });
    this.picture = new SessionPicture(this.live, (body) => this.sendToPeer(body), port);
  }

  /** Opens the session at the server, first or again; a connection that still works is kept. */
  open(): void {
    this.keepsPeer = this.live.get().link === "connected";
    this.live.update({ replaced: false });
    this.port.send({ case: "open", value: {} });
    this.outbox.resend();
  }

  changed(summary: SessionSummary): void {
    this.summary.set(summary);
    if (summary.stage === "ended") this.ended(summary.endReason);
    // The app took over from the page: its customer is asked anew, and the page's connection is over (Y-6).
    if (summary.stage === "joined" && this.peer !== null) this.closePeer();
  }

  agreed(agreed: Agreed): void {
    if (this.live.get().ended !== null) return;
    // The server takes no reports before the customer has agreed.
    this.outbox.resend();
    // The answer to an `open` after a lost WebSocket; the picture went on meanwhile.
    if (this.keepsPeer && this.live.get().link === "connected") {
      this.keepsPeer = false;
      return;
    }
    this.keepsPeer = false;
    this.closePeer();
    this.summary.update({
      customerKind: kindName(agreed.customerKind),
      rights: {
        view: agreed.permissions?.mayView === true,
        control: agreed.permissions?.mayControl === true,
        chat: agreed.permissions?.mayChat === true,
      },
    });
    this.generation += 1;
    const peer = this.port.createPeer(this.peerUser(this.generation), agreed);
    this.peer = peer;
    void peer.start();
  }

  answer(sdp: string): void {
    void this.peer?.answer(sdp);
  }

  candidate(candidate: string, mid: string): void {
    void this.peer?.addCandidate(candidate, mid);
  }

  eventsKept(sourceSeq: bigint): void {
    this.outbox.kept(sourceSeq);
  }

  /** Another console of this operator has the session now. */
  replaced(): void {
    this.closePeer();
    this.live.update({ replaced: true });
  }

  ended(reason: EndReasonName): void {
    if (this.live.get().ended !== null) return;
    this.closePeer();
    this.live.update({ ended: reason, control: "off" });
    this.summary.update({ stage: "ended", endReason: reason });
  }

  /** The operator ends the session. */
  end(): void {
    this.releaseAll();
    this.sendToPeer({ case: "bye", value: { reason: EndReason.OPERATOR_ENDED } });
    this.endUntold = !this.port.send({ case: "end", value: EndReason.OPERATOR_ENDED });
    // The server is away: the customer has been told by the connection itself, and the server hears it later.
    if (this.endUntold) this.ended("operator-ended");
  }

  /** The server is there again: what it has missed, and the session itself where it goes on. */
  resume(): void {
    const { ended, replaced } = this.live.get();
    if (this.endUntold) {
      this.outbox.resend();
      this.end();
    } else if (ended === null && !replaced) this.open();
  }

  get hasControl(): boolean {
    const { control, link } = this.live.get();
    return link === "connected" && (control === "on" || control === "customer-active");
  }

  setControl(on: boolean): void {
    if (!on) this.releaseAll();
    this.sendToPeer({ case: "setControl", value: { on } });
  }

  sendInput(event: InputEvent): void {
    if (this.hasControl) this.input?.send(event);
  }

  movePointer(at: Point): void {
    if (this.hasControl) this.input?.move(at);
  }

  /** A combination from the menu; then the keyboard is the customer's again. */
  sendCombination(combination: Combination): void {
    this.sendInput({ kind: "special", combination });
    this.port.after(MENU_CLOSES_MS, () => this.keyboardWishes.set(this.keyboardWishes.get() + 1));
  }

  /** Sent even without control: a key that went down before must come up. */
  releaseAll(): void {
    if (this.live.get().link === "connected") this.input?.send({ kind: "release-all" });
  }

  /** Nobody looks at the session: no picture is sent, and no key stays down. */
  setHidden(hidden: boolean): void {
    if (this.picture.setHidden(hidden) && hidden) this.releaseAll();
  }

  setChatShown(shown: boolean): void {
    this.chatShown = shown;
    if (shown) this.live.update({ unread: 0 });
  }

  dismissNotice(): void {
    this.live.update({ notice: null });
  }

  sendToPeer(body: NonNullable<PeerMessageInit["body"]>): boolean {
    return this.peer?.sendControl(encodePeer(body)) ?? false;
  }

  close(): void {
    this.picture.close();
    this.closePeer();
  }

  private peerUser(generation: number): PeerUser {
    const now = (run: () => void) => {
      if (generation === this.generation) run();
    };
    return {
      offer: (sdp) => now(() => this.port.send({ case: "offer", value: { sdp } })),
      candidate: (candidate, mid) =>
        now(() => this.port.send({ case: "candidate", value: { candidate, mid } })),
      status: (status) => now(() => this.peerStatus(status)),
      opened: () => now(() => this.peerOpened()),
      message: (message) => now(() => this.received(message)),
      picture: (channel, bytes) => now(() => this.picture.receive(channel, bytes)),
      video: (video) => now(() => this.live.update({ video })),
    };
  }

  private peerStatus(status: PeerStatus): void {
    this.live.update({ link: status });
    this.forgetRetry?.();
    if (status === "connected") this.measure();
    if (status === "connecting")
      this.forgetRetry = this.port.after(CONNECT_MAX_MS, () => this.peerStatus("failed"));
    if (status === "failed") this.retryLater();
  }

  private peerOpened(): void {
    const peer = this.peer;
    if (peer === null) return;
    this.input = new InputSender({
      sendControl: (input) => peer.sendControl(encodeInput(input)),
      sendPointer: (input) => peer.sendPointer(encodeInput(input)),
      after: this.port.after,
    });
    this.sendToPeer({
      case: "hello",
      value: { program: "beside-console", features: ["exact", "control", "chat"] },
    });
    this.picture.opened();
    this.chat.connected();
  }

  private received({ body }: PeerMessage): void {
    switch (body.case) {
      case "controlState":
        this.controlIs(controlName(body.value.state));
        break;
      case "chat":
        this.chatCame(body.value.id, body.value.text);
        break;
      case "chatDelivered":
        this.chat.delivered(body.value.id);
        break;
      case "pointerShape":
        this.live.update({ pointerShape: readPointerShape(body.value) });
        break;
      case "pointerPosition":
        this.live.update({ pointerAt: { x: body.value.x, y: body.value.y } });
        break;
      case "refused":
        this.noticed("refused", body.value.what);
        break;
      case "unsupported":
        this.noticed("unsupported", body.value.what);
        break;
      case "bye":
        this.ended(reasonName(body.value.reason));
        break;
      default:
        // A newer app may say more than this console knows.
        break;
    }
  }

  private controlIs(control: ControlName): void {
    if (control === "off" || control === "forbidden") this.releaseAll();
    this.live.update({ control });
  }

  private chatCame(id: Uint8Array, text: string): void {
    const before = this.chat.lines.get().length;
    this.chat.received(id, text);
    if (this.chat.lines.get().length > before && !this.chatShown)
      this.live.update({ unread: this.live.get().unread + 1 });
  }

  private noticed(kind: "refused" | "unsupported", what: string): void {
    // The state of control says it already, and for as long as it lasts.
    if (what === "input-paused" || what === "customer-active") return;
    const notice = { kind, what: what.slice(0, 64), at_ms: this.port.now() };
    this.live.update({ notice });
    if (kind === "unsupported") return;
    this.port.after(NOTICE_SHOWN_MS, () => {
      if (this.live.get().notice === notice) this.dismissNotice();
    });
  }

  private measure(): void {
    this.forgetQuality?.();
    const peer = this.peer;
    if (peer === null) return;
    void peer.quality().then((quality) => this.measured(peer, quality));
    this.forgetQuality = this.port.after(QUALITY_EVERY_MS, () => this.measure());
  }

  private measured(peer: PeerLink, quality: Quality): void {
    if (peer !== this.peer) return;
    if (quality.relayed !== null && quality.relayed !== this.live.get().quality.relayed) {
      this.outbox.add({ case: "connected", value: { relayed: quality.relayed } });
    }
    this.live.update({ quality });
  }

  /** The server answers an `open` with a new agreement, and that makes a new connection. */
  private retryLater(): void {
    this.forgetRetry?.();
    this.forgetRetry = this.port.after(RETRY_AFTER_MS, () => {
      const { link, ended, replaced } = this.live.get();
      if (link === "failed" && ended === null && !replaced) this.open();
    });
  }

  private closePeer(): void {
    this.forgetQuality?.();
    this.forgetRetry?.();
    this.releaseAll();
    this.input?.close();
    this.input = null;
    this.generation += 1;
    const peer = this.peer;
    this.peer = null;
    if (peer !== null) this.port.after(FAREWELL_MS, () => peer.close());
    this.live.update({
      link: "none",
      quality: NO_QUALITY,
      video: null,
      pointerAt: null,
      control: "off",
      exact: false,
    });
  }
}
