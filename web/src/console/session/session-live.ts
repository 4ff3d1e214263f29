import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Chat, Chat_Author } from "../../generated/proto/beside/v1/common_pb";
import { ControlState_State as ControlWire } from "../../generated/proto/beside/v1/peer_pb";
import type { Agreed, ConsoleToServerSchema, IceServer } from "../../generated/proto/beside/v1/signalling_pb";
import type { PointerDecoder } from "../../shared/picture/pointer-decoder";
import type { PointerShapeImage } from "../../shared/picture/pointer-shape";
import type { ChatLine, EarlierLine } from "../../shared/session/chat";
import type { Store } from "../../shared/session/store";
import type { SoundPort } from "../../shared/sound/sound";
import type { CaptureMode } from "../capture-mode/capture-mode";
import type { ClipContent } from "../clipboard/clipboard";
import type { FilesPort } from "../files/files";
import type { FilesLink, FilesPeerUser } from "../files/files-peer";
import type { Point } from "../input/input-event";
import type { ReversalsPort } from "../operator-control/operator-control";
import type { ScreenPort } from "../operator-screen/operator-screen";
import type { DisplayInfo, PartNow } from "../partial-share/part-now";
import type { PeerLink, PeerStatus, PeerUser, PictureChannel } from "../peer/peer";
import { NO_QUALITY, type Quality } from "../peer/quality";
import type { Preference } from "../picture/preference";
import type { EndOfRecording, RecorderState } from "../recording/recorder";
import type { OperatorsView } from "../second/second-view";
import type { VoiceFloor } from "../voice/voice-floor";
import type { EndReasonName, Rights } from "./session-view";

export type ControlName = "off" | "on" | "customer-active" | "forbidden" | "unavailable";

/** What is known of a session beyond the server's summary. */
export type SessionLive = {
  readonly link: "none" | PeerStatus;
  readonly control: ControlName;
  /** While control is unavailable: what the customer's machine lacks, by its kebab-case name; else empty. */
  readonly controlLacks: string;
  readonly quality: Quality;
  /** The other console of this operator that took the session over. */
  readonly replaced: boolean;
  readonly ended: EndReasonName | null;
  /** What the app last refused or cannot do, by its kebab-case name. */
  readonly notice: {
    readonly kind: "refused" | "unsupported";
    readonly what: string;
    readonly at_ms: number;
  } | null;
  readonly pointerShape: PointerShapeImage | null;
  readonly pointerAt: Point | null;
  readonly video: MediaStream | null;
  readonly unread: number;
  /** The picture equals the customer's screen, by checksum (Y-3). */
  readonly exact: boolean;
  /** What policy and customer allow just now, as the app says; null while it has said nothing. */
  readonly rights: Rights | null;
  /** What the customer could give under the policy; null: the customer's side does not say, and can be asked for nothing. */
  readonly could: Rights | null;
  /** The customer holds everything up but the chat. */
  readonly paused: boolean;
  /** The app asked for more than a picture may cost: it is closed until the operator wants it again. */
  readonly pictureClosed: boolean;
  /** What of the screen is shared, as the app says; null while it has said nothing. */
  readonly part: PartNow | null;
  /** Who is connected and who has control, while a second operator is there [F-18]. */
  readonly operators: OperatorsView | null;
  /** The customer's screens. */
  readonly displays: readonly DisplayInfo[];
  /** Whether this console records [F-13]. */
  readonly recording: RecorderState;
  /** Options of the session that change nothing on the customer's machine, by their keys. */
  readonly notInEffect: readonly string[];
  /** How the screen is captured, as the app says [S-04]; null: it says nothing, or is a browser. */
  readonly capture: CaptureMode | null;
};

export type ServerBody = NonNullable<MessageInitShape<typeof ConsoleToServerSchema>["body"]>;

export type SessionPort = {
  /** To the server; false where there is no connection now. */
  send(body: ServerBody): boolean;
  createPeer(user: PeerUser, agreed: Agreed): PeerLink;
  /** The connection for files, and what the browser does with them. */
  readonly files: Pick<FilesPort, "startWorker" | "save"> & {
    /** Deletes what the browser's own store has of it. */
    forget(file: File): void;
    connect(user: FilesPeerUser, iceServers: readonly IceServer[]): FilesLink;
  };
  /** Microphone and speaker, and which session has them. */
  readonly sound: SoundPort;
  readonly voiceFloor: VoiceFloor;
  /** The operator's own screen [F-09]. */
  readonly screen: ScreenPort;
  /** The server's side of the wish that the customer controls this computer [F-15]. */
  readonly reversals: ReversalsPort;
  /** The server's side of recordings [F-13]. */
  readonly recordings: {
    begin(session: string): Promise<string>;
    keep(session: string, recording: string, no: number, piece: Uint8Array<ArrayBuffer>): Promise<void>;
    end(session: string, recording: string, why: EndOfRecording): Promise<void>;
  };
  after(delay_ms: number, task: () => void): () => void;
  now(): number;
  newId(): Uint8Array<ArrayBuffer>;
  /** Reads the shapes of customers' pointers, once it is loaded. */
  pointerDecoder(): Promise<PointerDecoder>;
  /** What this browser decodes of the motion layer. */
  codecs(): string[];
  /** Into this computer's clipboard; false where the browser does not let the page. */
  writeClipboard(content: ClipContent): Promise<boolean>;
  /** The operator's switch for the clipboard, now and when it changes [S-11]. */
  readonly clipboardShared: Pick<Store<boolean>, "get" | "subscribe">;
  /** What the operator wants of the picture, now and when it changes. */
  readonly preference: Pick<Store<Preference>, "get" | "subscribe">;
};

/** A session as this console first knows it. */
export const AT_FIRST: SessionLive = {
  link: "none",
  control: "off",
  controlLacks: "",
  quality: NO_QUALITY,
  replaced: false,
  ended: null,
  notice: null,
  pointerShape: null,
  pointerAt: null,
  video: null,
  unread: 0,
  exact: false,
  rights: null,
  could: null,
  paused: false,
  pictureClosed: false,
  part: null,
  operators: null,
  displays: [],
  recording: { kind: "off" },
  notInEffect: [],
  capture: null,
};

/** Draws the picture: the exact layer's packets in, acknowledgements out by `sendToPeer`. */
export type PictureSink = {
  /** A new connection: everything drawn so far is void. */
  begin(): void;
  receive(channel: PictureChannel, bytes: ArrayBuffer): void;
  /** Nothing of what was drawn stays; what comes next begins anew. */
  blank(): void;
  /** After `SessionPicture.closeFlooded`: packets are drawn again. */
  reopen(): void;
};

/** The state of control, from the wire. */
export function controlName(state: ControlWire): ControlName {
  switch (state) {
    case ControlWire.ON:
      return "on";
    case ControlWire.CUSTOMER_ACTIVE:
      return "customer-active";
    case ControlWire.FORBIDDEN:
      return "forbidden";
    case ControlWire.UNAVAILABLE:
      return "unavailable";
    default:
      return "off";
  }
}

/** A line of the chat as both the peer and the record get it. */
export function chatOf(line: ChatLine) {
  return {
    id: line.id,
    author: line.own || line.name !== "" ? Chat_Author.OPERATOR : Chat_Author.CUSTOMER,
    text: line.text,
    atMs: BigInt(line.at_ms),
    name: line.name,
  };
}

/** A line from before this connection, from the wire; nothing where it names no author. */
export function earlierOf({ id, author, text, atMs, name }: Chat): EarlierLine[] {
  if (author === Chat_Author.UNSPECIFIED || text.length === 0 || id.length !== 16) return [];
  // Another operator's bears a name [F-18].
  return [{ id, own: author === Chat_Author.OPERATOR && name === "", text, at_ms: Number(atMs), name }];
}
