import type { Rights } from "../session/session-view";
import type { Keyed } from "./keys";

/** A tool of the menu 도구 [Tools]: `dialog` opens over the page, `panel` docks to its side, `dock` below the picture; a `mode` is the picture's own, a `call` begins with the customer's answer, and a `switch` is on or off. */
export type ToolName =
  | "two-way-file-transfer"
  | "partial-share"
  | "send-url"
  | "screen-capture"
  | "favourites"
  | "system-info"
  | "process-info"
  | "drawing"
  | "voice-chat"
  | "screen-recording"
  | "clipboard"
  | "auto-reconnect"
  | "printer"
  | "operator-screen"
  | "operator-control";

export type ToolEntry = Keyed & {
  readonly name: ToolName;
  readonly place: "dialog" | "panel" | "dock" | "mode" | "call" | "switch";
  /** Used so often that it stands in the bar as well, where there is room. */
  readonly often?: true;
  readonly allowed: (rights: Rights) => boolean;
};

/** Of the voice, which stands in the bar beside the chat as well. */
export const VOICE_KEY = "T";

const TOOLS: readonly ToolEntry[] = [
  {
    name: "two-way-file-transfer",
    place: "dock",
    key: "F",
    often: true,
    allowed: (rights) => rights.sendFiles || rights.fetchFiles,
  },
  { name: "partial-share", place: "dialog", key: "A", allowed: (rights) => rights.askPart },
  { name: "send-url", place: "dialog", key: "U", allowed: (rights) => rights.openUrls },
  {
    name: "screen-capture",
    place: "dialog",
    key: "C",
    often: true,
    allowed: (rights) => rights.captureScreen,
  },
  { name: "favourites", place: "panel", key: "B", allowed: (rights) => rights.openFavourites },
  { name: "system-info", place: "panel", key: "I", allowed: (rights) => rights.seeSystem },
  { name: "process-info", place: "panel", key: "P", allowed: (rights) => rights.seeProcesses },
  { name: "drawing", place: "mode", key: "D", often: true, allowed: (rights) => rights.draw },
  { name: "voice-chat", place: "call", key: VOICE_KEY, allowed: (rights) => rights.talk },
  {
    name: "operator-screen",
    place: "call",
    key: "H",
    allowed: (rights) => rights.operatorScreen,
  },
  { name: "operator-control", place: "call", key: "J", allowed: (rights) => rights.controlOperator },
  { name: "screen-recording", place: "mode", key: "R", allowed: (rights) => rights.record },
  {
    name: "clipboard",
    place: "switch",
    key: "V",
    allowed: (rights) => rights.shareClipboard && (rights.sendFiles || rights.fetchFiles),
  },
  { name: "auto-reconnect", place: "dialog", key: "W", allowed: (rights) => rights.askReboot },
  { name: "printer", place: "panel", key: "O", allowed: (rights) => rights.print },
];

/** The tools that policy and customer allow; what they forbid is not shown. */
export function toolsFor(rights: Rights): readonly ToolEntry[] {
  return TOOLS.filter((tool) => tool.allowed(rights));
}

export const ALL_TOOLS = TOOLS;
