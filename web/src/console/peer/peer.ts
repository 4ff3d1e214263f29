import { fromBinary } from "@bufbuild/protobuf";
import { type PeerMessage, PeerMessageSchema } from "../../generated/proto/beside/v1/peer_pb";
import type { IceServer } from "../../generated/proto/beside/v1/signalling_pb";
import { receiveMotion } from "./motion-video";
import { PictureInlet } from "./picture-inlet";

/** Which customer a connection is for: the app sends video of what moves, a browser its whole share. */
export type PeerCustomer = "app" | "browser";

export type PeerOptions = {
  readonly iceServers: readonly IceServer[];
  readonly customer: PeerCustomer;
  readonly create?: (configuration: RTCConfiguration) => RTCPeerConnection;
};

export type PeerStatus = "connecting" | "connected" | "interrupted" | "failed";

export type PictureChannel = "screen" | "repeat";

export type PeerUser = {
  offer(sdp: string): void;
  candidate(candidate: string, mid: string): void;
  status(status: PeerStatus): void;
  /** The reliable channel is open: the hello may go. */
  opened(): void;
  message(message: PeerMessage): void;
  picture(channel: PictureChannel, bytes: ArrayBuffer): void;
  video(stream: MediaStream): void;
};

/** How the connection does. `rtt_ms`: null until measured. */
export type Quality = { readonly rtt_ms: number | null; readonly relayed: boolean | null };

/** What a session needs of its connection. */
export type PeerLink = Pick<
  Peer,
  "start" | "answer" | "addCandidate" | "sendControl" | "sendPointer" | "quality" | "close"
>;

/** No message between console and customer is longer. */
const MESSAGE_MAX_BYTES = 16 * 1024;
/** Moves are dropped while so much waits: they are worth nothing late. */
const POINTER_WAITING_MAX_BYTES = 16 * 1024;
/** Candidates that come before the answer. */
const EARLY_CANDIDATES_MAX = 64;

const UNRELIABLE = { ordered: false, maxRetransmits: 0 } as const;

/**
 * One WebRTC connection to one customer. The console always offers; each agreement gets a connection of its own.
 *
 * Nothing here outlives `close`; a message that cannot be read is dropped and counted.
 */
export class Peer {
  private readonly connection: RTCPeerConnection;
  private readonly control: RTCDataChannel;
  private readonly pointer: RTCDataChannel;
  private readonly inlet: PictureInlet;
  private readonly early: RTCIceCandidateInit[] = [];
  private answered = false;
  private closed = false;
  /** Messages that could not be read, for the tests and the console's own diagnosis. */
  unreadable = 0;

  constructor(
    private readonly user: PeerUser,
    { iceServers, customer, create = (given) => new RTCPeerConnection(given) }: PeerOptions,
  ) {
    this.connection = create({ iceServers: iceServers.map(iceServer), bundlePolicy: "max-bundle" });
    this.control = this.channel("control", {});
    this.pointer = this.channel("pointer", UNRELIABLE);
    this.inlet = new PictureInlet((label, bytes) => this.alive(() => user.picture(label, bytes)));
    this.inlet.take("screen", this.connection.createDataChannel("screen", {}));
    this.inlet.take("repeat", this.connection.createDataChannel("repeat", UNRELIABLE));
    if (customer === "app") receiveMotion(this.connection);
    else this.connection.addTransceiver("video", { direction: "recvonly" });
    this.control.onopen = () => this.alive(() => user.opened());
    this.connection.onicecandidate = (event) => this.found(event.candidate);
    this.connection.onconnectionstatechange = () => this.changed();
    this.connection.ontrack = (event) => this.track(event, customer);
  }

  /** Makes the offer; it comes out by `user.offer`. */
  async start(): Promise<void> {
    this.user.status("connecting");
    try {
      const offer = await this.connection.createOffer();
      if (this.closed) return;
      await this.connection.setLocalDescription(offer);
      this.alive(() => this.user.offer(this.connection.localDescription?.sdp ?? offer.sdp ?? ""));
    } catch {
      this.alive(() => this.user.status("failed"));
    }
  }

  async answer(sdp: string): Promise<void> {
    if (this.closed || this.answered) return;
    this.answered = true;
    try {
      await this.connection.setRemoteDescription({ type: "answer", sdp });
      for (const candidate of this.early.splice(0)) await this.take(candidate);
    } catch {
      this.alive(() => this.user.status("failed"));
    }
  }

  async addCandidate(candidate: string, mid: string): Promise<void> {
    const init = { candidate, sdpMid: mid.length > 0 ? mid : "0" };
    if (this.connection.remoteDescription !== null) await this.take(init);
    else if (this.early.length < EARLY_CANDIDATES_MAX) this.early.push(init);
  }

  /** Returns false where there is no connection now. */
  sendControl(bytes: Uint8Array<ArrayBuffer>): boolean {
    return send(this.control, bytes);
  }

  sendPointer(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.pointer.bufferedAmount < POINTER_WAITING_MAX_BYTES) send(this.pointer, bytes);
  }

  async quality(): Promise<Quality> {
    if (this.closed) return { rtt_ms: null, relayed: null };
    const pair = selectedPair(await this.connection.getStats());
    return pair;
  }

  close(): void {
    this.closed = true;
    this.inlet.close();
    this.connection.close();
  }

  private channel(label: string, init: RTCDataChannelInit): RTCDataChannel {
    const channel = this.connection.createDataChannel(label, init);
    channel.binaryType = "arraybuffer";
    channel.onmessage = (event: MessageEvent<unknown>) => this.alive(() => this.received(event.data));
    return channel;
  }

  private received(data: unknown): void {
    if (!(data instanceof ArrayBuffer) || data.byteLength > MESSAGE_MAX_BYTES) {
      this.unreadable += 1;
      return;
    }
    try {
      this.user.message(fromBinary(PeerMessageSchema, new Uint8Array(data)));
    } catch {
      this.unreadable += 1;
    }
  }

  private found(candidate: RTCIceCandidate | null): void {
    this.alive(() => this.user.candidate(candidate?.candidate ?? "", candidate?.sdpMid ?? "0"));
  }

  private async take(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch {
      // One candidate that this browser does not know (another transport, a newer form) ends no connection.
      this.unreadable += 1;
    }
  }

  private changed(): void {
    const status = statusOf(this.connection.connectionState);
    if (status !== null) this.alive(() => this.user.status(status));
  }

  private track(event: RTCTrackEvent, customer: PeerCustomer): void {
    const stream = event.streams[0] ?? new MediaStream([event.track]);
    const tell = () => this.alive(() => this.user.video(stream));
    // The app's video must find its element there with the first picture. Of a browser's share, the element tells the
    // picture's size, so it waits until there is one.
    if (customer === "app") tell();
    else event.track.onunmute = tell;
  }

  private alive(run: () => void): void {
    if (!this.closed) run();
  }
}

function send(channel: RTCDataChannel, bytes: Uint8Array<ArrayBuffer>): boolean {
  if (channel.readyState !== "open") return false;
  try {
    channel.send(bytes);
    return true;
  } catch {
    // The channel's queue is full: the connection is about to be given up.
    return false;
  }
}

function statusOf(state: RTCPeerConnectionState): PeerStatus | null {
  switch (state) {
    case "connected":
      return "connected";
    case "disconnected":
      return "interrupted";
    case "failed":
      return "failed";
    case "new":
    case "connecting":
      return "connecting";
    case "closed":
      return null;
  }
}

function iceServer(server: IceServer): RTCIceServer {
  if (server.username.length === 0) return { urls: server.urls };
  return { urls: server.urls, username: server.username, credential: server.credential };
}

type StatsEntry = {
  readonly id: string;
  readonly type: string;
  readonly selectedCandidatePairId?: string;
  readonly currentRoundTripTime?: number;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
};

/** Reads the pair of addresses in use. Source: W3C webrtc-stats, `transport` and `candidate-pair`. */
export function selectedPair(stats: { forEach(visit: (entry: StatsEntry) => void): void }): Quality {
  const entries = new Map<string, StatsEntry>();
  let pairId: string | undefined;
  stats.forEach((entry) => {
    entries.set(entry.id, entry);
    if (entry.type === "transport" && entry.selectedCandidatePairId !== undefined)
      pairId = entry.selectedCandidatePairId;
  });
  const pair = pairId === undefined ? undefined : entries.get(pairId);
  if (pair === undefined) return { rtt_ms: null, relayed: null };
  const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) =>
    id === undefined ? undefined : entries.get(id),
  );
  const seconds = pair.currentRoundTripTime;
  return {
    rtt_ms: seconds === undefined ? null : Math.round(seconds * 1000),
    relayed: ends.some((end) => end?.candidateType === "relay"),
  };
}
