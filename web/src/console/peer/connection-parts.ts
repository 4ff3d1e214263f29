import type { IceServer } from "../../generated/proto/beside/v1/signalling_pb";
import { MediaTap } from "./media-tap";
import { receiveMotion, receiveScreen } from "./motion-video";
import { PictureInlet, whenHeard } from "./picture-inlet";

/** Which customer a connection is for: the app sends video of what moves, a browser its whole share. */
export type PeerCustomer = "app" | "browser";

export type ConnectionOptions = {
  readonly iceServers: readonly IceServer[];
  readonly customer: PeerCustomer;
};

const UNRELIABLE = { ordered: false, maxRetransmits: 0 } as const;

/**
 * One WebRTC connection with its channels, on its way to an offer: what needs no customer yet, so that it can be made
 * before it is known that there is one.
 */
export class ConnectionParts {
  readonly connection: RTCPeerConnection;
  readonly control: RTCDataChannel;
  readonly pointer: RTCDataChannel;
  readonly inlet = new PictureInlet();
  readonly media = new MediaTap();
  /**
   * The line of the voice, both ways: what is said and what is heard go through its sender and its receiver as encoded Opus, and
   * nowhere else. Nothing goes out while the sender has no track.
   */
  readonly voice: RTCRtpTransceiver;
  /** The line of the operator's own screen, to a customer in a browser; the app gets it exactly, by a channel (docs/adr/0014). */
  readonly screen: RTCRtpTransceiver | null;
  /** The offer's text, once this end has settled on it. */
  readonly offer: Promise<string>;
  private readonly found: (RTCIceCandidate | null)[] = [];

  constructor({ iceServers, customer }: ConnectionOptions) {
    this.connection = new RTCPeerConnection({
      iceServers: iceServers.map(iceServer),
      bundlePolicy: "max-bundle",
    });
    this.control = this.connection.createDataChannel("control", {});
    this.pointer = this.connection.createDataChannel("pointer", UNRELIABLE);
    whenHeard(() => this.openPicture());
    const video = customer === "app" ? receiveMotion(this.connection) : receiveScreen(this.connection);
    if (video !== null) this.media.watch("video", video.receiver);
    // After the picture's: a customer's side that may not talk refuses this one alone.
    this.voice = this.connection.addTransceiver("audio", { direction: "sendrecv" });
    this.media.watch("said", this.voice.sender);
    this.media.watch("heard", this.voice.receiver);
    // The last: a page tells its own screen's line from this one by their order.
    this.screen =
      customer === "browser" ? this.connection.addTransceiver("video", { direction: "sendonly" }) : null;
    this.connection.onicecandidate = ({ candidate }) => this.found.push(candidate);
    this.offer = this.settle();
    // Told to whoever waits for it; of parts that nobody uses it concerns nobody.
    this.offer.catch(() => {});
  }

  /** Calls `tell` for each address of this end, also for those found already; null: there are no more. */
  onCandidate(tell: (candidate: RTCIceCandidate | null) => void): void {
    this.connection.onicecandidate = ({ candidate }) => tell(candidate);
    for (const candidate of this.found.splice(0)) tell(candidate);
  }

  close(): void {
    this.inlet.close();
    this.media.close();
    this.connection.close();
  }

  /** The offer holds for channels that are made later, too. */
  private openPicture(): void {
    if (this.connection.signalingState === "closed") return;
    this.inlet.take("screen", this.connection.createDataChannel("screen", {}));
    this.inlet.take("repeat", this.connection.createDataChannel("repeat", UNRELIABLE));
  }

  private async settle(): Promise<string> {
    const offer = await this.connection.createOffer();
    await this.connection.setLocalDescription(offer);
    return offer.sdp ?? "";
  }
}

export function iceServer(server: IceServer): RTCIceServer {
  if (server.username.length === 0) return { urls: server.urls };
  return { urls: server.urls, username: server.username, credential: server.credential };
}
