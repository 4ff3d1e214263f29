import { Right } from "../../generated/proto/beside/v1/common_pb";
import { RightAnswer_Answer as Answer } from "../../generated/proto/beside/v1/peer_pb";
import type { Rights } from "../session/session-view";

/** What an operator asks for, and a customer gives, as one. */
export type RightName =
  | "view"
  | "control"
  | "chat"
  | "fetch-files"
  | "send-files"
  | "see-system"
  | "end-processes"
  | "open"
  | "capture-screen"
  | "draw"
  | "talk"
  | "record"
  | "clipboard"
  | "reboot"
  | "print"
  | "invite"
  | "operator-screen"
  | "operator-control";

type Row = {
  readonly name: RightName;
  readonly wire: Right;
  /** The permissions that it is made of. */
  readonly parts: readonly (keyof Rights)[];
};

const ROWS: readonly Row[] = [
  { name: "view", wire: Right.VIEW, parts: ["view", "askPart"] },
  { name: "control", wire: Right.CONTROL, parts: ["control"] },
  { name: "chat", wire: Right.CHAT, parts: ["chat"] },
  { name: "fetch-files", wire: Right.FETCH_FILES, parts: ["browseFiles", "fetchFiles"] },
  { name: "send-files", wire: Right.SEND_FILES, parts: ["sendFiles", "changeFiles"] },
  { name: "see-system", wire: Right.SEE_SYSTEM, parts: ["seeSystem", "seeProcesses"] },
  { name: "end-processes", wire: Right.END_PROCESSES, parts: ["endProcesses"] },
  { name: "open", wire: Right.OPEN, parts: ["openUrls", "openFavourites"] },
  { name: "capture-screen", wire: Right.CAPTURE_SCREEN, parts: ["captureScreen"] },
  { name: "draw", wire: Right.DRAW, parts: ["draw", "customerDraw"] },
  { name: "talk", wire: Right.TALK, parts: ["talk"] },
  { name: "record", wire: Right.RECORD, parts: ["record"] },
  { name: "clipboard", wire: Right.CLIPBOARD, parts: ["shareClipboard"] },
  { name: "reboot", wire: Right.REBOOT, parts: ["askReboot"] },
  { name: "print", wire: Right.PRINT, parts: ["print"] },
  { name: "invite", wire: Right.INVITE, parts: ["invite"] },
  { name: "operator-screen", wire: Right.OPERATOR_SCREEN, parts: ["operatorScreen"] },
  { name: "operator-control", wire: Right.OPERATOR_CONTROL, parts: ["controlOperator"] },
];

/** What the policy offers and the customer does not give, wholly, just now. */
export function askable(now: Rights, could: Rights | null): readonly RightName[] {
  if (could === null) return [];
  return ROWS.filter(({ parts }) => parts.some((part) => could[part] && !now[part])).map(({ name }) => name);
}

export function wireRight(name: RightName): Right {
  return ROWS.find((row) => row.name === name)?.wire ?? Right.UNSPECIFIED;
}

/** Where a question of the operator's stands. */
export type AskState = "waiting" | "allowed" | "refused" | "forbidden" | "busy" | "paused" | "unsupported";

export function answerName(answer: Answer): AskState {
  switch (answer) {
    case Answer.ALLOWED:
      return "allowed";
    case Answer.REFUSED:
      return "refused";
    case Answer.FORBIDDEN:
      return "forbidden";
    case Answer.BUSY:
      return "busy";
    case Answer.PAUSED:
      return "paused";
    default:
      return "unsupported";
  }
}
