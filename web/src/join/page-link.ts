import type { PeerMessage } from "../generated/proto/beside/v1/peer_pb";
import type { IceServer, Offer } from "../generated/proto/beside/v1/signalling_pb";
import type { Answered, BrowserPeerLink, BrowserPeerUser } from "./browser-peer";
import type { PeerBody } from "./console-port";
import type { Body } from "./join-wire";

/** A closed connection drops what it has not sent. */
export const FAREWELL_MS = 300;

export type LinkPort = {
  after(delay_ms: number, task: () => void): () => void;
  createPeer(user: BrowserPeerUser, iceServers: readonly IceServer[]): BrowserPeerLink;
  /** To the server. */
  send(body: Body): void;
  /** What may be seen at this moment. */
  track(): MediaStreamTrack | null;
  connected(is: boolean): void;
  /** Nothing came of an offer. */
  failed(): void;
  opened(): void;
  closed(): void;
  message(message: PeerMessage): void;
  voice(stream: MediaStream): void;
  screen(stream: MediaStream): void;
};

/** This page's connection to the console of the session's operator: one at a time, and what an earlier one still says is nobody's. */
export class PageLink {
  private peer: BrowserPeerLink | null = null;
  private generation = 0;

  constructor(private readonly port: LinkPort) {}

  /** Answers the console's offer in place of every earlier one; `lines`: as in `Answered`. */
  async offered(offer: Offer, lines: Pick<Answered, "talk" | "screen">): Promise<void> {
    this.leave();
    const peer = this.port.createPeer(this.user(this.generation), offer.iceServers);
    this.peer = peer;
    try {
      await peer.accept(offer.description?.sdp ?? "", { track: () => this.port.track(), ...lines });
      // What may be seen may have changed while the answer was made.
      if (peer === this.peer) await peer.share(this.port.track());
    } catch {
      if (peer === this.peer) this.port.failed();
    }
  }

  candidate(candidate: string, mid: string): void {
    void this.peer?.addCandidate(candidate, mid);
  }

  /** To the console; false where there is no connection now. */
  tell(body: PeerBody): boolean {
    return this.peer?.send(body) ?? false;
  }

  say(track: MediaStreamTrack | null): void {
    this.peer?.say(track);
  }

  /** What the console sees from now on. */
  async share(track: MediaStreamTrack | null): Promise<void> {
    await this.peer?.share(track);
  }

  /** Nothing goes to the console any more, at once. */
  leave(): void {
    this.generation += 1;
    this.peer?.close();
    this.peer = null;
  }

  /** The same, after what was said last has gone. */
  bidFarewell(): void {
    this.generation += 1;
    const { peer } = this;
    this.peer = null;
    if (peer !== null) this.port.after(FAREWELL_MS, () => peer.close());
  }

  private user(generation: number): BrowserPeerUser {
    const { port } = this;
    const current = (run: () => void) => {
      if (generation === this.generation) run();
    };
    return {
      answer: (sdp) => current(() => port.send({ case: "answer", value: { sdp } })),
      candidate: (candidate, mid) =>
        current(() => port.send({ case: "candidate", value: { candidate, mid } })),
      connected: (is) => current(() => port.connected(is)),
      closed: () => current(() => port.closed()),
      opened: () => current(() => port.opened()),
      message: (message) => current(() => port.message(message)),
      voice: (stream) => current(() => port.voice(stream)),
      screen: (stream) => current(() => port.screen(stream)),
    };
  }
}
