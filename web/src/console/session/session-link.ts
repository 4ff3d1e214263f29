import type { PeerMessage } from "../../generated/proto/beside/v1/peer_pb";
import type { Agreed } from "../../generated/proto/beside/v1/signalling_pb";
import type { Store } from "../../shared/session/store";
import { InputSender } from "../input/sender";
import { encodeInput, encodePeer, type PeerMessageInit } from "../peer/input-wire";
import type { MediaCopy } from "../peer/media-copies";
import type { MediaLine } from "../peer/media-tap";
import type { PeerLink, PeerStatus, PeerUser, PictureChannel } from "../peer/peer";
import { NO_QUALITY, type Quality } from "../peer/quality";
import type { SessionLive, SessionPort } from "./session-live";

/** A closed connection drops what it has not sent: the farewell goes first. */
const FAREWELL_MS = 300;
const QUALITY_EVERY_MS = 2_000;
/** How soon a connection that failed is tried again, while the customer is there. */
const RETRY_AFTER_MS = 1_500;
/** An offer that nobody answers is made anew. */
const CONNECT_MAX_MS = 20_000;

export type LinkUser = {
  /** The reliable channel is open: the hello may go. */
  opened(): void;
  message(message: PeerMessage): void;
  flooded(): void;
  picture(channel: PictureChannel, bytes: ArrayBuffer): void;
  /** Exact pictures that were drawn so far. */
  drawn(): number;
  voice(stream: MediaStream): void;
  media(line: MediaLine, copy: MediaCopy): void;
  /** It is known whether the way to the customer goes through a relay. */
  relayed(relayed: boolean): void;
  /** Whether a connection that failed is wanted again; then `reopen` asks the server for it. */
  wanted(): boolean;
  reopen(): void;
  /** The connection is over; what was asked on it is answered by nobody. */
  closed(): void;
};

/** A session's connection to its customer: one at a time, made anew with each agreement. */
export class SessionLink {
  /** Null while there is nobody to send it to. */
  input: InputSender | null = null;
  private peer: PeerLink | null = null;
  private keepsPeer = false;
  private forgetQuality: (() => void) | null = null;
  private forgetRetry: (() => void) | null = null;
  /** Counts connections, so that a late event of an old one says nothing about the new one. */
  private generation = 0;

  constructor(
    private readonly live: Store<SessionLive>,
    private readonly port: Pick<SessionPort, "send" | "createPeer" | "after">,
    private readonly user: LinkUser,
  ) {}

  get exists(): boolean {
    return this.peer !== null;
  }

  /** The session is opened at the server, perhaps again: a connection that works is not given up for that. */
  opening(): void {
    this.keepsPeer = this.isUp();
  }

  /** The answer to an `open` after a lost WebSocket: the connection went on meanwhile. */
  stays(): boolean {
    const stays = this.keepsPeer && this.isUp();
    this.keepsPeer = false;
    return stays;
  }

  /** To be called while there is none. */
  connect(agreed: Agreed): void {
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

  /** False where there is no connection now. */
  send(body: NonNullable<PeerMessageInit["body"]>): boolean {
    return this.peer?.sendControl(encodePeer(body)) ?? false;
  }

  /** A packet of the operator's own screen. */
  sendScreen(packet: ArrayBuffer): void {
    this.peer?.sendScreen(packet);
  }

  say(track: MediaStreamTrack | null): void {
    this.peer?.say(track);
  }

  showScreen(track: MediaStreamTrack | null): void {
    this.peer?.showScreen(track);
  }

  /** Whether `user.media` is told from now on. */
  copyMedia(on: boolean): void {
    this.peer?.copyMedia(on);
  }

  wantVideoKey(): void {
    this.peer?.wantVideoKey();
  }

  /** Sent even without control: a key that went down before must come up. */
  releaseAll(): void {
    if (this.isUp()) this.input?.send({ kind: "release-all" });
  }

  close(): void {
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
      rights: null,
      could: null,
      paused: false,
      part: null,
      notInEffect: [],
      capture: null,
      operators: null,
    });
    this.user.closed();
  }

  private isUp(): boolean {
    return this.live.get().link === "connected";
  }

  private peerUser(generation: number): PeerUser {
    const now = (run: () => void) => {
      if (generation === this.generation) run();
    };
    return {
      offer: (sdp) => now(() => this.port.send({ case: "offer", value: { sdp } })),
      candidate: (candidate, mid) =>
        now(() => this.port.send({ case: "candidate", value: { candidate, mid } })),
      status: (status) => now(() => this.statusIs(status)),
      opened: () => now(() => this.opened()),
      message: (message) => now(() => this.user.message(message)),
      flooded: () => now(() => this.user.flooded()),
      picture: (channel, bytes) => now(() => this.user.picture(channel, bytes)),
      voice: (stream) => now(() => this.user.voice(stream)),
      media: (line, copy) => now(() => this.user.media(line, copy)),
      video: (video) => now(() => this.live.update({ video })),
    };
  }

  private statusIs(status: PeerStatus): void {
    this.live.update({ link: status });
    this.forgetRetry?.();
    if (status === "connected") this.measure();
    if (status === "connecting")
      this.forgetRetry = this.port.after(CONNECT_MAX_MS, () => this.statusIs("failed"));
    if (status === "failed") this.retryLater();
  }

  private opened(): void {
    const peer = this.peer;
    if (peer === null) return;
    this.input = new InputSender({
      sendControl: (input) => peer.sendControl(encodeInput(input)),
      sendPointer: (input) => peer.sendPointer(encodeInput(input)),
      after: this.port.after,
    });
    this.user.opened();
  }

  private measure(): void {
    this.forgetQuality?.();
    const peer = this.peer;
    if (peer === null) return;
    void peer.quality(this.user.drawn()).then((quality) => this.measured(peer, quality));
    this.forgetQuality = this.port.after(QUALITY_EVERY_MS, () => this.measure());
  }

  private measured(peer: PeerLink, quality: Quality): void {
    if (peer !== this.peer) return;
    const { relayed } = quality;
    if (relayed !== null && relayed !== this.live.get().quality.relayed) this.user.relayed(relayed);
    this.live.update({ quality });
  }

  /** The server answers an `open` with a new agreement, and that makes a new connection. */
  private retryLater(): void {
    this.forgetRetry?.();
    this.forgetRetry = this.port.after(RETRY_AFTER_MS, () => {
      if (this.live.get().link === "failed" && this.user.wanted()) this.user.reopen();
    });
  }
}
