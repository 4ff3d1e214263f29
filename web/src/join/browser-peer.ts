import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type PeerMessage, PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import type { IceServer } from "../generated/proto/beside/v1/signalling_pb";
import { keepSharp, withStartBitrate } from "../shared/session/sharp-video";

export type BrowserPeerUser = {
  answer(sdp: string): void;
  candidate(candidate: string, mid: string): void;
  connected(is: boolean): void;
  /** The console is gone from the connection's other end, whatever the network does: nothing is said to nobody. */
  closed(): void;
  opened(): void;
  message(message: PeerMessage): void;
  /** The operator's voice; nothing comes on it while they do not talk. */
  voice(stream: MediaStream): void;
  /** The operator's own screen. */
  screen(stream: MediaStream): void;
};

/** What this end answers an offer with. `track`: what may be seen when it is attached, which is later. `talk`, `screen`: their lines are there, and what they carry is
 * used for as long as it may be; else they carry nothing, whatever the console does. */
export type Answered = {
  track(): MediaStreamTrack | null;
  readonly talk: boolean;
  readonly screen: boolean;
};

type Body = NonNullable<MessageInitShape<typeof PeerMessageSchema>["body"]>;

/** What the page needs of its connection. */
export type BrowserPeerLink = Pick<
  BrowserPeer,
  "accept" | "share" | "say" | "addCandidate" | "send" | "close"
>;

/** No message between console and customer is longer. */
const MESSAGE_MAX_BYTES = 16 * 1024;

/** This page's end of one connection: it answers the console's offer with the shared screen, and chats. */
export class BrowserPeer {
  private readonly connection: RTCPeerConnection;
  private control: RTCDataChannel | null = null;
  private readonly early: RTCIceCandidateInit[] = [];
  private closed = false;

  constructor(
    private readonly user: BrowserPeerUser,
    iceServers: readonly IceServer[],
  ) {
    this.connection = new RTCPeerConnection({
      iceServers: iceServers.map(({ urls, username, credential }) =>
        username.length === 0 ? { urls } : { urls, username, credential },
      ),
    });
    this.connection.onicecandidate = ({ candidate }) => {
      if (!this.closed) user.candidate(candidate?.candidate ?? "", candidate?.sdpMid ?? "0");
    };
    this.connection.onconnectionstatechange = () => {
      if (this.closed) return;
      user.connected(this.connection.connectionState === "connected");
      if (this.connection.connectionState === "failed") user.closed();
    };
    this.connection.ondatachannel = ({ channel }) => {
      if (channel.label === "control") this.takeControl(channel);
    };
  }

  /** Answers with the track, or with none where sharing stands still. */
  async accept(sdp: string, answered: Answered): Promise<void> {
    await this.connection.setRemoteDescription({ type: "offer", sdp: withStartBitrate(sdp) });
    const { talk, screen } = answered;
    await this.share(answered.track());
    const [voice] = this.lines("audio");
    if (voice !== undefined) voice.direction = talk ? "sendrecv" : "inactive";
    if (talk && voice !== undefined) this.user.voice(new MediaStream([voice.receiver.track]));
    const [, operators] = this.lines("video");
    if (operators !== undefined) operators.direction = screen ? "recvonly" : "inactive";
    if (screen && operators !== undefined) this.user.screen(new MediaStream([operators.receiver.track]));
    const answer = await this.connection.createAnswer();
    if (this.closed) return;
    await this.connection.setLocalDescription(answer);
    this.user.answer(this.connection.localDescription?.sdp ?? answer.sdp ?? "");
    for (const candidate of this.early.splice(0)) await this.take(candidate);
  }

  /** Puts another screen in the place of the one shared before. */
  async share(track: MediaStreamTrack | null): Promise<void> {
    const [video] = this.lines("video");
    if (video === undefined || this.closed) return;
    video.direction = "sendonly";
    await video.sender.replaceTrack(track);
    if (track !== null) await keepSharp(video.sender);
  }

  /** What the customer says from now on; null: nothing. */
  say(track: MediaStreamTrack | null): void {
    void this.lines("audio")[0]
      ?.sender.replaceTrack(track)
      // A closed connection carries nothing.
      .catch(() => {});
  }

  async addCandidate(candidate: string, mid: string): Promise<void> {
    const init = { candidate, sdpMid: mid.length > 0 ? mid : "0" };
    if (this.connection.localDescription !== null) await this.take(init);
    else if (this.early.length < 64) this.early.push(init);
  }

  /** Returns false where there is no connection now. */
  send(body: Body): boolean {
    if (this.control?.readyState !== "open") return false;
    this.control.send(new Uint8Array(toBinary(PeerMessageSchema, create(PeerMessageSchema, { body }))));
    return true;
  }

  close(): void {
    this.closed = true;
    this.connection.close();
  }

  /** In the order of the console's offer: this page's screen, then the operator's. */
  private lines(kind: "audio" | "video"): RTCRtpTransceiver[] {
    if (this.closed) return [];
    return this.connection.getTransceivers().filter(({ receiver }) => receiver.track.kind === kind);
  }

  private takeControl(channel: RTCDataChannel): void {
    this.control = channel;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!this.closed && data instanceof ArrayBuffer && data.byteLength <= MESSAGE_MAX_BYTES)
        this.received(data);
    };
    channel.onclose = () => {
      if (!this.closed) this.user.closed();
    };
    const opened = () => {
      if (!this.closed) this.user.opened();
    };
    if (channel.readyState === "open") opened();
    else channel.onopen = opened;
  }

  private received(data: ArrayBuffer): void {
    let message: PeerMessage;
    try {
      message = fromBinary(PeerMessageSchema, new Uint8Array(data));
    } catch {
      // Not of our protocol: nothing here depends on it.
      return;
    }
    this.user.message(message);
  }

  private async take(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch {
      // One address that this browser cannot use ends no connection.
    }
  }
}
