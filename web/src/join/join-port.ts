import type { IceServer } from "../generated/proto/beside/v1/signalling_pb";
import type { SocketPort } from "../shared/session/reconnecting-socket";
import type { SoundPort } from "../shared/sound/sound";
import type { BrowserPeerLink, BrowserPeerUser } from "./browser-peer";
import type { JoinMemory } from "./join-memory";
import type { SurveyPort } from "./survey";

/** A screen that the customer chose to share. */
export type Share = { readonly track: MediaStreamTrack; stop(): void; onEnded(listener: () => void): void };

export type JoinPort = {
  readonly socket: SocketPort;
  now(): number;
  random(length: number): Uint8Array<ArrayBuffer>;
  language(): string;
  machine(): { os: string; osVersion: string };
  readonly memory: JoinMemory;
  /** Opens the browser's own dialog; null where the customer closed it, throws where nothing can be captured. Called on a press alone. */
  capture(): Promise<Share | null>;
  createPeer(user: BrowserPeerUser, iceServers: readonly IceServer[]): BrowserPeerLink;
  readonly survey: SurveyPort;
  readonly sound: SoundPort;
};

/** What the customer chose in the browser's own dialog. */
export async function captured(port: JoinPort): Promise<Share | "share-cancelled" | "share-failed"> {
  try {
    return (await port.capture()) ?? "share-cancelled";
  } catch {
    return "share-failed";
  }
}
