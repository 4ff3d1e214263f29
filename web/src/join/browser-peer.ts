import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type PeerMessage, PeerMessageSchema } from "../generated/proto/beside/v1/peer_pb";
import type { IceServer } from "../generated/proto/beside/v1/signalling_pb";
import { withStartBitrate } from "./start-bitrate";

export type BrowserPeerUser = {
  answer(sdp: string): void;
  candidate(candidate: string, mid: string): void;
  connected(is: boolean): void;
  opened(): void;
  message(message: PeerMessage): void;
};

type Body = NonNullable<MessageInitShape<typeof PeerMessageSchema>["body"]>;

/** What the page needs of its connection. */
export type BrowserPeerLink = Pick<BrowserPeer, "accept" | "share" | "addCandidate" | "send" | "close">;

/** What the screen of a large display with moving text needs; the estimate of the link is mostly below it. */
const BITRATE_MAX_BPS = 8_000_000;

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
      if (!this.closed) user.connected(this.connection.connectionState === "connected");
    };
    this.connection.ondatachannel = ({ channel }) => {
      if (channel.label === "control") this.takeControl(channel);
    };
  }

  /** Answers with the track, or with none where sharing stands still. */
  async accept(sdp: string, track: MediaStreamTrack | null): Promise<void> {
    await this.connection.setRemoteDescription({ type: "offer", sdp: withStartBitrate(sdp) });
    await this.share(track);
    const answer = await this.connection.createAnswer();
    if (this.closed) return;
    await this.connection.setLocalDescription(answer);
    this.user.answer(this.connection.localDescription?.sdp ?? answer.sdp ?? "");
    for (const candidate of this.early.splice(0)) await this.take(candidate);
  }

  /** Puts another screen in the place of the one shared before. */
  async share(track: MediaStreamTrack | null): Promise<void> {
    const video = this.connection.getTransceivers().find(({ receiver }) => receiver.track.kind === "video");
    if (video === undefined || this.closed) return;
    video.direction = "sendonly";
    await video.sender.replaceTrack(track);
    if (track !== null) await keepSharp(video.sender);
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

  private takeControl(channel: RTCDataChannel): void {
    this.control = channel;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!this.closed && data instanceof ArrayBuffer && data.byteLength <= MESSAGE_MAX_BYTES)
        this.received(data);
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

/**
 * A screen is text: where the link has no room, fewer pictures rather than coarse ones. Browsers that know no such wish
 * keep their own way.
 */
async function keepSharp(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  for (const encoding of parameters.encodings) encoding.maxBitrate = BITRATE_MAX_BPS;
  try {
    await sender.setParameters(parameters);
  } catch {
    // A wish, and nothing that the session depends on.
  }
}
