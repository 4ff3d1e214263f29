import { PartKind, type Permissions } from "../generated/proto/beside/v1/common_pb";
import type { Welcome } from "../generated/proto/beside/v1/signalling_pb";
import type { Given, Offered, PageRight } from "./join-state";

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
    talk: welcome.offered?.mayTalk === true,
    operatorScreen: welcome.offered?.mayShowOperatorScreen === true,
    invite: welcome.offered?.mayInvite === true,
    secondUnasked: welcome.secondUnasked,
    operatorControl: welcome.offered?.mayControlOperator === true,
    // A server that does not tell gives the app what it may do.
    controlByApp: welcome.offeredToApp?.mayControl !== false,
  };
}

/** What the operator's options leave of that now. */
export function allowedOf(offered: Offered, allowed: Permissions): Offered {
  return {
    ...offered,
    chat: offered.chat && allowed.mayChat,
    capture: offered.capture && allowed.mayCaptureScreen,
    askPart: offered.askPart && allowed.mayAskPart,
    record: offered.record && allowed.mayRecord,
    talk: offered.talk && allowed.mayTalk,
    operatorScreen: offered.operatorScreen && allowed.mayShowOperatorScreen,
    invite: offered.invite && allowed.mayInvite,
    operatorControl: offered.operatorControl && allowed.mayControlOperator,
  };
}

/** What a page's customer gives of what is offered. */
export function permissionsOf(offered: Offered | null, given: Given) {
  const may = (right: PageRight) => offered?.[right] === true && given[right];
  return {
    mayView: offered !== null,
    mayChat: offered?.chat === true,
    mayCaptureScreen: offered?.capture === true,
    mayAskPart: offered?.askPart === true,
    mayRecord: may("record"),
    recordAtStart: may("record") && offered?.recordAtStart === true,
    mayTalk: may("talk"),
    mayShowOperatorScreen: may("operatorScreen"),
    mayInvite: may("invite"),
    mayControlOperator: may("operatorControl"),
  };
}

/** What of the screen a track shows, as far as the browser says it. */
export function partOf(track: MediaStreamTrack): PartKind {
  const { displaySurface } = track.getSettings?.() ?? {};
  if (displaySurface === "monitor") return PartKind.DESKTOP;
  // A tab is a window to whoever looks at it.
  return displaySurface === undefined ? PartKind.AREA : PartKind.WINDOW;
}
