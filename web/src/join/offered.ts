import { PartKind } from "../generated/proto/beside/v1/common_pb";
import type { Welcome } from "../generated/proto/beside/v1/signalling_pb";
import type { Offered } from "./join-state";

/** What this page can ask its customer for. */
export function offeredOf(welcome: Welcome): Offered {
  return {
    chat: welcome.offered?.mayChat === true,
    capture: welcome.offered?.mayCaptureScreen === true,
    askPart: welcome.offered?.mayAskPart === true,
    record: welcome.offered?.mayRecord === true,
    recordAtStart: welcome.offered?.recordAtStart === true,
    recordingRequired: welcome.recordingRequired,
    recordingCopies: welcome.recordingCopies,
    // A server that does not tell gives the app what it may do.
    controlByApp: welcome.offeredToApp?.mayControl !== false,
  };
}

/** What a page's customer gives of what is offered. */
export function permissionsOf({ chat, capture, askPart, record, recordAtStart }: Offered, records: boolean) {
  const mayRecord = record && records;
  return {
    mayView: true,
    mayChat: chat,
    mayCaptureScreen: capture,
    mayAskPart: askPart,
    mayRecord,
    recordAtStart: mayRecord && recordAtStart,
  };
}

/** What of the screen a track shows, as far as the browser says it. */
export function partOf(track: MediaStreamTrack): PartKind {
  const { displaySurface } = track.getSettings?.() ?? {};
  if (displaySurface === "monitor") return PartKind.DESKTOP;
  // A tab is a window to whoever looks at it.
  return displaySurface === undefined ? PartKind.AREA : PartKind.WINDOW;
}
