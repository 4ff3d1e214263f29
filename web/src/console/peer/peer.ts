import { keepSharp, withStartBitrate } from "../../shared/session/sharp-video";
import type { ConnectionParts, PeerCustomer } from "./connection-parts";
import type { MediaCopy } from "./media-copies";
import type { MediaLine } from "./media-tap";
import { type InletUser, MessageInlet } from "./message-inlet";
import { NO_QUALITY, type Quality, QualityMeter } from "./quality";

export type PeerStatus = "connecting" | "connected" | "interrupted" | "failed";

export type PictureChannel = "screen" | "repeat";

export type PeerUser = InletUser & {
  offer(sdp: string): void;
  candidate(candidate: string, mid: string): void;
  status(status: PeerStatus): void;
  /** The reliable channel is open: the hello may go. */
  opened(): void;
  picture(channel: PictureChannel, bytes: ArrayBuffer): void;
  video(stream: MediaStream): void;
  /** The customer's voice; nothing comes on it while they do not talk. */
  voice(stream: MediaStream): void;
  /** A copy of what the connection carries encoded, while copies are wanted. */
  media(line: MediaLine, copy: MediaCopy): void;
};

/** What a session needs of its connection. */
export type PeerLink = Pick<
  Peer,
  | "start"
  | "answer"
  | "addCandidate"
  | "sendControl"
  | "sendPointer"
  | "say"
  | "showScreen"
  | "copyMedia"
  | "wantVideoKey"
  | "quality"
  | "close"
  | "sendScreen"
>;

/** Moves are dropped while so much waits: they are worth nothing late. */
const POINTER_WAITING_MAX_BYTES = 16 * 1024;
/** Candidates that come before the answer. */
const EARLY_CANDIDATES_MAX = 64;

/**
 * One WebRTC connection to one customer. The console always offers; each agreement gets a connection of its own.
 *
 * Nothing here outlives `close`; a message that cannot be read is dropped and counted.
 */
export class Peer {
  private readonly early: RTCIceCandidateInit[] = [];
  private answered = false;
  private closed = false;
  private readonly messages: MessageInlet;
  private readonly meter = new QualityMeter();
  /** For the operator's own screen, from the first packet on; and what comes before it is open. */
  private screen: RTCDataChannel | null = null;
  private readonly earlyScreen: ArrayBuffer[] = [];

  constructor(
    private readonly user: PeerUser,
    private readonly parts: ConnectionParts,
    customer: PeerCustomer,
  ) {
    const { connection, control, pointer, inlet } = parts;
    this.messages = new MessageInlet(user);
    for (const channel of [control, pointer]) {
      channel.binaryType = "arraybuffer";
      channel.onmessage = (event: MessageEvent<unknown>) =>
        this.alive(() => this.messages.receive(event.data));
    }
    inlet.onPacket((label, bytes) => this.alive(() => user.picture(label, bytes)));
    parts.media.onCopy((line, copy) => this.alive(() => user.media(line, copy)));
    control.onopen = () => this.alive(() => user.opened());
    connection.onconnectionstatechange = () => this.changed();
    connection.ontrack = (event) => this.track(event, customer);
  }

  /** Makes the offer; it comes out by `user.offer`. */
  async start(): Promise<void> {
    this.user.status("connecting");
    try {
      const offer = await this.parts.offer;
      this.alive(() => this.user.offer(offer));
      this.parts.onCandidate((candidate) => this.found(candidate));
    } catch {
      this.alive(() => this.user.status("failed"));
    }
  }

  async answer(sdp: string): Promise<void> {
    if (this.closed || this.answered) return;
    this.answered = true;
    try {
      const answer = this.parts.screen === null ? sdp : withStartBitrate(sdp);
      await this.parts.connection.setRemoteDescription({ type: "answer", sdp: answer });
      for (const candidate of this.early.splice(0)) await this.take(candidate);
    } catch {
      this.alive(() => this.user.status("failed"));
    }
  }

  async addCandidate(candidate: string, mid: string): Promise<void> {
    const init = { candidate, sdpMid: mid.length > 0 ? mid : "0" };
    if (this.parts.connection.remoteDescription !== null) await this.take(init);
    else if (this.early.length < EARLY_CANDIDATES_MAX) this.early.push(init);
  }

  /** Returns false where there is no connection now. */
  sendControl(bytes: Uint8Array<ArrayBuffer>): boolean {
    return send(this.parts.control, bytes);
  }

  sendPointer(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.parts.pointer.bufferedAmount < POINTER_WAITING_MAX_BYTES) send(this.parts.pointer, bytes);
  }

  /** A packet of the operator's own screen [F-09]. No more come before the customer's window has shown the last ones. */
  sendScreen(packet: ArrayBuffer): void {
    if (this.closed) return;
    const screen = this.screen ?? this.parts.connection.createDataChannel("operator-screen", {});
    this.screen = screen;
    if (screen.readyState !== "connecting") {
      send(screen, new Uint8Array(packet));
      return;
    }
    this.earlyScreen.push(packet);
    screen.onopen = () => {
      for (const early of this.earlyScreen.splice(0)) send(screen, new Uint8Array(early));
    };
  }

  /** What the operator says from now on; null: nothing. */
  say(track: MediaStreamTrack | null): void {
    // A line that the app refused carries nothing, and a closed connection either.
    void this.parts.voice.sender.replaceTrack(track).catch(() => {});
  }

  /** The operator's own screen as a customer in a browser sees it from now on [F-09]; null: nothing. */
  showScreen(track: MediaStreamTrack | null): void {
    const sender = this.parts.screen?.sender;
    if (sender === undefined) return;
    void sender
      .replaceTrack(track)
      .then(() => (track === null ? undefined : keepSharp(sender)))
      .catch(() => {});
  }

  /** Whether `user.media` is told from now on. */
  copyMedia(on: boolean): void {
    this.parts.media.want(on);
  }

  /** The next picture of the video is to stand by itself. */
  wantVideoKey(): void {
    this.parts.media.wantKey();
  }

  /** `drawn`: exact pictures so far. */
  async quality(drawn: number): Promise<Quality> {
    if (this.closed) return NO_QUALITY;
    return this.meter.measure(await this.parts.connection.getStats(), drawn, performance.now());
  }

  close(): void {
    this.closed = true;
    this.parts.close();
  }

  private found(candidate: RTCIceCandidate | null): void {
    this.alive(() => this.user.candidate(candidate?.candidate ?? "", candidate?.sdpMid ?? "0"));
  }

  private async take(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.parts.connection.addIceCandidate(candidate);
    } catch {
      // One candidate that this browser does not know (another transport, a newer form) ends no connection.
      this.messages.unreadable += 1;
    }
  }

  private changed(): void {
    const status = statusOf(this.parts.connection.connectionState);
    if (status !== null) this.alive(() => this.user.status(status));
  }

  private track(event: RTCTrackEvent, customer: PeerCustomer): void {
    if (event.track.kind === "audio") {
      const voice = new MediaStream([event.track]);
      this.alive(() => this.user.voice(voice));
      return;
    }
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
