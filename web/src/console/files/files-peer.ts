import type { FilesMessage } from "../../generated/proto/beside/v1/files_pb";
import type { IceServer } from "../../generated/proto/beside/v1/signalling_pb";
import { iceServer } from "../peer/connection-parts";
import { decodeFiles, encodeFiles, type FilesBody } from "./files-wire";

export type FilesPeerUser = {
  offer(sdp: string): void;
  candidate(candidate: string, mid: string): void;
  opened(): void;
  message(body: FilesMessage["body"]): void;
  /** The connection is gone, or did not come to be. */
  lost(): void;
};

/** What the files of a session need of their connection. */
export type FilesLink = Pick<FilesPeer, "start" | "answer" | "addCandidate" | "say" | "close">;

/** Candidates that come before the answer. */
const EARLY_CANDIDATES_MAX = 64;

/** The connection for files of one session: a WebRTC connection of its own, so that no file stands before the picture. */
export class FilesPeer {
  private readonly connection: RTCPeerConnection;
  private readonly channel: RTCDataChannel;
  private readonly early: RTCIceCandidateInit[] = [];
  private closed = false;

  constructor(
    private readonly user: FilesPeerUser,
    iceServers: readonly IceServer[],
  ) {
    this.connection = new RTCPeerConnection({ iceServers: iceServers.map(iceServer) });
    this.channel = this.connection.createDataChannel("files", {});
    this.channel.binaryType = "arraybuffer";
    this.channel.onopen = () => this.alive(() => user.opened());
    this.channel.onclose = () => this.lose();
    this.channel.onmessage = (event: MessageEvent<unknown>) => this.received(event.data);
    this.connection.onconnectionstatechange = () => {
      if (this.connection.connectionState === "failed") this.lose();
    };
    this.connection.onicecandidate = ({ candidate }) =>
      this.alive(() => user.candidate(candidate?.candidate ?? "", candidate?.sdpMid ?? "0"));
  }

  /** Makes the offer; it comes out by `user.offer`. */
  async start(): Promise<void> {
    try {
      const offer = await this.connection.createOffer();
      // The other end takes candidates of an offer that it knows.
      this.alive(() => this.user.offer(offer.sdp ?? ""));
      await this.connection.setLocalDescription(offer);
    } catch {
      this.lose();
    }
  }

  async answer(sdp: string): Promise<void> {
    try {
      await this.connection.setRemoteDescription({ type: "answer", sdp });
      for (const candidate of this.early.splice(0)) await this.take(candidate);
    } catch {
      this.lose();
    }
  }

  async addCandidate(candidate: string, mid: string): Promise<void> {
    const init = { candidate, sdpMid: mid.length > 0 ? mid : "0" };
    if (this.connection.remoteDescription !== null) await this.take(init);
    else if (this.early.length < EARLY_CANDIDATES_MAX) this.early.push(init);
  }

  /** False where there is no connection now. */
  say(body: FilesBody): boolean {
    if (this.channel.readyState !== "open") {
      // It closes, and is told of as lost before anybody takes the silence for an answer.
      this.lose();
      return false;
    }
    try {
      this.channel.send(encodeFiles(body));
    } catch {
      return false;
    }
    return true;
  }

  close(): void {
    this.closed = true;
    this.connection.close();
  }

  private received(data: unknown): void {
    const body = decodeFiles(data);
    // What a newer app says, and this page does not know, is skipped.
    if (body !== null) this.alive(() => this.user.message(body));
  }

  private async take(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch {
      // One candidate that this browser does not know ends no connection.
    }
  }

  private lose(): void {
    this.alive(() => {
      this.close();
      this.user.lost();
    });
  }

  private alive(run: () => void): void {
    if (!this.closed) run();
  }
}
