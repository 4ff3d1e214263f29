import { getCsrfToken, whenSignedIn } from "../../shared/api/client";
import { loadModule } from "../../shared/picture/module";
import { PointerDecoder } from "../../shared/picture/pointer-decoder";
import { after, browserSocketPort } from "../../shared/session/browser-socket";
import { openedAfter } from "../../shared/session/opened-after";
import { browserSound } from "../../shared/sound/browser-sound";
import { motionCodecs } from "../browser-support";
import { writeOwn } from "../clipboard/own-clipboard";
import { beginRecording, beginReversed, endRecording, endReversed, keepRecordingPiece } from "../console-api";
import { FilesPeer } from "../files/files-peer";
import { deletePrivate, saveFile } from "../files/save-file";
import { startFileWorker } from "../files/start-file-worker";
import { browserScreen } from "../operator-screen/browser-screen";
import { ConnectionParts, type PeerCustomer } from "../peer/connection-parts";
import { Peer } from "../peer/peer";
import { SpareConnection } from "../peer/spare-connection";
import { tellsOfPictures } from "../picture/video-feed";
import { kindName } from "../session/session-view";
import type { Tickets } from "../viewer/ticket";
import { Workspace, type WorkspacePort } from "./workspace";

const TABS_KEY = "beside-console-tabs";

const spare = new SpareConnection({ create: (options) => new ConnectionParts(options), after });

let loading: Promise<PointerDecoder> | null = null;

/** The workspace over the browser's own parts. `doubt`: whether we are signed in is to be asked. */
export function createWorkspace(doubt: () => void): Workspace {
  return new Workspace({
    ...browserParts(),
    // The hello needs the token that comes with who is signed in.
    socket: openedAfter(browserSocketPort("/ws/console"), whenSignedIn),
    csrfToken: () => getCsrfToken() ?? "",
    ticket: () => "",
    keepTicket: () => {},
    rememberedTabs,
    rememberTabs: (ids) => sessionStorage.setItem(TABS_KEY, JSON.stringify(ids)),
    memory: sessionStorage,
    choices: localStorage,
    doubt,
  });
}

/** The same for a customer who sees the operator's computer: one session, no account, and nothing of the console's is kept [F-15]. */
export function createViewer(tickets: Pick<Tickets, "get" | "set">): Workspace {
  const nothing = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  return new Workspace({
    ...browserParts(),
    socket: browserSocketPort("/ws/viewer"),
    csrfToken: () => "",
    ticket: () => tickets.get(),
    keepTicket: (ticket) => tickets.set(ticket),
    rememberedTabs: () => [],
    rememberTabs: () => {},
    memory: nothing,
    choices: nothing,
    doubt: () => {},
  });
}

function browserParts() {
  return {
    createPeer: (user, { iceServers, customerKind }) => {
      const customer: PeerCustomer = kindName(customerKind) === "browser" ? "browser" : "app";
      return new Peer(user, spare.take({ iceServers, customer }), customer);
    },
    files: {
      connect: (user, iceServers) => new FilesPeer(user, iceServers),
      startWorker: startFileWorker,
      save: saveFile,
      forget: (file) => void deletePrivate(file.name),
    },
    sound: browserSound,
    screen: browserScreen,
    reversals: { begin: beginReversed, end: endReversed },
    recordings: { begin: beginRecording, keep: keepRecordingPiece, end: endRecording },
    after,
    now: Date.now,
    newId: () => crypto.getRandomValues(new Uint8Array(16)),
    pointerDecoder,
    writeClipboard: writeOwn,
    codecs: () => motionCodecs(RTCRtpReceiver.getCapabilities("video"), tellsOfPictures()),
  } satisfies Partial<WorkspacePort>;
}

/** One for all sessions; a failed attempt is made again at the next call. */
function pointerDecoder(): Promise<PointerDecoder> {
  loading ??= loadModule()
    .then((module) => new PointerDecoder(module))
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** Sessions that this browser tab had open before it was loaded again. */
export function rememberedTabs(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(TABS_KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Makes a connection ahead where a session is about to be opened again. */
export function prepareConnection(): void {
  if (rememberedTabs().length > 0) spare.prepare();
}
