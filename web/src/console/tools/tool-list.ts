import type { Rights } from "../session/session-view";

/** A tool of the menu 도구 [Tools]: `dialog` opens over the page, `panel` docks to its side, `dock` below the picture; a `mode` is the picture's own. */
export type ToolName =
  | "two-way-file-transfer"
  | "partial-share"
  | "send-url"
  | "screen-capture"
  | "favourites"
  | "system-info"
  | "process-info"
  | "drawing";

export type ToolEntry = {
  readonly name: ToolName;
  readonly place: "dialog" | "panel" | "dock" | "mode";
  /** With Ctrl and Alt, wherever the keyboard is. */
  readonly key: string;
  readonly allowed: (rights: Rights) => boolean;
};

const TOOLS: readonly ToolEntry[] = [
  {
    name: "two-way-file-transfer",
    place: "dock",
    key: "F",
    allowed: (rights) => rights.sendFiles || rights.fetchFiles,
  },
  { name: "partial-share", place: "dialog", key: "A", allowed: (rights) => rights.askPart },
  { name: "send-url", place: "dialog", key: "U", allowed: (rights) => rights.openUrls },
  { name: "screen-capture", place: "dialog", key: "C", allowed: (rights) => rights.captureScreen },
  { name: "favourites", place: "panel", key: "B", allowed: (rights) => rights.openFavourites },
  { name: "system-info", place: "panel", key: "I", allowed: (rights) => rights.seeSystem },
  { name: "process-info", place: "panel", key: "P", allowed: (rights) => rights.seeProcesses },
  { name: "drawing", place: "mode", key: "D", allowed: (rights) => rights.draw },
];

/** The tools that policy and customer allow; what they forbid is not shown. */
export function toolsFor(rights: Rights): readonly ToolEntry[] {
  return TOOLS.filter((tool) => tool.allowed(rights));
}

/** "Ctrl + Alt + U". */
export function shortcutOf(tool: ToolEntry): string {
  return `Ctrl + Alt + ${tool.key}`;
}

type Keys = Pick<KeyboardEvent, "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey" | "getModifierState">;

/** The tool that these keys open, among those given. AltGr writes characters and opens nothing. */
export function toolOf(keys: Keys, tools: readonly ToolEntry[]): ToolEntry | null {
  const held = keys.ctrlKey && keys.altKey && !keys.shiftKey && !keys.metaKey;
  if (!held || keys.getModifierState("AltGraph")) return null;
  return tools.find((tool) => keys.code === `Key${tool.key}`) ?? null;
}

export const ALL_TOOLS = TOOLS;
