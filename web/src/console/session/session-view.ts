import { EndReason, type Permissions } from "../../generated/proto/beside/v1/common_pb";
import {
  Invitation_State as InvitationState,
  Invitation_Way as InvitationWay,
  CustomerHello_Kind as Kind,
  type SessionState,
  SessionState_Stage as Stage,
} from "../../generated/proto/beside/v1/signalling_pb";
import { uuidText } from "../../shared/session/uuid";
import { shown } from "../../shared/strangers-text";
import { type ReversedView, readReversed } from "../operator-control/operator-control";
import { readSecond, type SecondView } from "../second/second-view";

/** Where a session stands, in the server's words. */
export type StageName = "waiting" | "joined" | "connecting" | "active" | "away" | "ended";

export type CustomerKind = "app" | "browser" | "unknown";

export type EndReasonName =
  | "unknown"
  | "customer-stopped"
  | "operator-ended"
  | "customer-declined"
  | "customer-lost"
  | "operator-lost"
  | "expired"
  | "policy-refused"
  | "administrator"
  | "server-failed"
  | "screen-depth"
  | "screen-missing"
  | "screen-size"
  | "screen-lost"
  | "screen-failed"
  | "recording-refused"
  | "second-over"
  | "handed-over";

/** The customer's machine as it tells of itself: words of a stranger, shown as text only. */
export type MachineInfo = { readonly os: string; readonly osVersion: string; readonly hostName: string };

/** What may be done in a session, by policy and customer; a field for each permission of the protocol. */
export type Rights = {
  readonly view: boolean;
  readonly control: boolean;
  readonly chat: boolean;
  readonly openUrls: boolean;
  readonly browseFiles: boolean;
  readonly sendFiles: boolean;
  readonly fetchFiles: boolean;
  readonly changeFiles: boolean;
  readonly seeSystem: boolean;
  readonly seeProcesses: boolean;
  readonly endProcesses: boolean;
  readonly captureScreen: boolean;
  readonly openFavourites: boolean;
  readonly draw: boolean;
  readonly customerDraw: boolean;
  readonly askPart: boolean;
  readonly talk: boolean;
  readonly record: boolean;
  readonly shareClipboard: boolean;
  readonly askReboot: boolean;
  readonly print: boolean;
  readonly invite: boolean;
  readonly operatorScreen: boolean;
  readonly controlOperator: boolean;
};

/** An invitation by e-mail or text message, and what became of it. */
export type InvitationView = {
  readonly id: string;
  readonly way: "email" | "sms";
  /** With most of it hidden. */
  readonly to: string;
  readonly state: "queued" | "sent" | "failed";
  /** Of a failed one: a part of the name of a text. */
  readonly problem: string;
};

/** A session as the list shows it. */
export type SessionSummary = {
  readonly id: string;
  readonly stage: StageName;
  /** Of the connection; empty where this console does not know it. */
  readonly code: string;
  readonly codeExpiresAt_ms: number;
  readonly createdAt_ms: number;
  readonly customerKind: CustomerKind;
  readonly machine: MachineInfo | null;
  readonly rights: Rights;
  /** The operator's options allow control, whatever the customer has agreed to or can give. */
  readonly offersControl: boolean;
  readonly endReason: EndReasonName;
  /** The session that ended before the server made this one by itself [S-13]; empty: the operator made it. */
  readonly follows: string;
  /** Whom the code was sent to, oldest first. */
  readonly invitations: readonly InvitationView[];
  readonly defaults: SessionDefaults;
  /** The operator who is invited or there [F-18]. */
  readonly second: SecondView | null;
  /** Where it stands that the customer controls this computer [F-15]. */
  readonly reversed: ReversedView | null;
};

/** How the operator's options have a session shown at first [S-05, S-08]. */
export type SessionDefaults = { readonly mouseTracking: boolean; readonly filesInViewer: boolean };

const STAGES: Readonly<Record<Stage, StageName>> = {
  [Stage.UNSPECIFIED]: "waiting",
  [Stage.WAITING]: "waiting",
  [Stage.JOINED]: "joined",
  [Stage.CONNECTING]: "connecting",
  [Stage.ACTIVE]: "active",
  [Stage.AWAY]: "away",
  [Stage.ENDED]: "ended",
};

const INVITATION_STATES: Readonly<Record<InvitationState, InvitationView["state"]>> = {
  [InvitationState.UNSPECIFIED]: "queued",
  [InvitationState.QUEUED]: "queued",
  [InvitationState.SENT]: "sent",
  [InvitationState.FAILED]: "failed",
};

const REASONS: Readonly<Record<EndReason, EndReasonName>> = {
  [EndReason.UNSPECIFIED]: "unknown",
  [EndReason.CUSTOMER_STOPPED]: "customer-stopped",
  [EndReason.OPERATOR_ENDED]: "operator-ended",
  [EndReason.CUSTOMER_DECLINED]: "customer-declined",
  [EndReason.CUSTOMER_LOST]: "customer-lost",
  [EndReason.OPERATOR_LOST]: "operator-lost",
  [EndReason.EXPIRED]: "expired",
  [EndReason.POLICY_REFUSED]: "policy-refused",
  [EndReason.ADMINISTRATOR]: "administrator",
  [EndReason.SERVER_FAILED]: "server-failed",
  [EndReason.SCREEN_DEPTH]: "screen-depth",
  [EndReason.RECORDING_REFUSED]: "recording-refused",
  [EndReason.SCREEN_MISSING]: "screen-missing",
  [EndReason.SCREEN_SIZE]: "screen-size",
  [EndReason.SCREEN_LOST]: "screen-lost",
  [EndReason.SCREEN_FAILED]: "screen-failed",
  [EndReason.SECOND_OVER]: "second-over",
  [EndReason.HANDED_OVER]: "handed-over",
};

/** Words longer than this are cut: the server allows 256 characters, a tab shows few. */
const TEXT_MAX_CHARACTERS = 256;

/** Reads a session's state from the wire; null where it names no session. */
export function readState(state: SessionState): SessionSummary | null {
  const id = uuidText(state.sessionId);
  if (id.length === 0) return null;
  const { machine, permissions, offered } = state;
  return {
    id,
    stage: STAGES[state.stage] ?? "waiting",
    code: state.code,
    codeExpiresAt_ms: Number(state.codeExpiresAtMs),
    createdAt_ms: Number(state.createdAtMs),
    customerKind: kindName(state.customerKind),
    machine:
      machine === undefined
        ? null
        : { os: cut(machine.os), osVersion: cut(machine.osVersion), hostName: cut(machine.hostName) },
    rights: rightsOf(permissions),
    // A server that does not tell refuses control by the rights alone.
    offersControl: offered?.mayControl !== false,
    endReason: reasonName(state.endReason),
    follows: uuidText(state.follows),
    defaults: {
      mouseTracking: state.defaults?.mouseTracking === true,
      filesInViewer: state.defaults?.filesInViewer === true,
    },
    invitations: state.invitations.map(({ id, way, to, state: at, problem }) => ({
      id: uuidText(id),
      way: way === InvitationWay.SMS ? "sms" : "email",
      to: cut(to),
      state: INVITATION_STATES[at] ?? "queued",
      problem: cut(problem),
    })),
    second: readSecond(state.second),
    reversed: readReversed(state.reversed),
  };
}

/** Rights from the wire; nothing told is nothing allowed. */
export function rightsOf(told: Permissions | undefined): Rights {
  return {
    view: told?.mayView === true,
    control: told?.mayControl === true,
    chat: told?.mayChat === true,
    openUrls: told?.mayOpenUrls === true,
    browseFiles: told?.mayBrowseFiles === true,
    sendFiles: told?.maySendFiles === true,
    fetchFiles: told?.mayFetchFiles === true,
    changeFiles: told?.mayChangeFiles === true,
    seeSystem: told?.maySeeSystem === true,
    seeProcesses: told?.maySeeProcesses === true,
    endProcesses: told?.mayEndProcesses === true,
    captureScreen: told?.mayCaptureScreen === true,
    openFavourites: told?.mayOpenFavourites === true,
    draw: told?.mayDraw === true,
    customerDraw: told?.customerMayDraw === true,
    askPart: told?.mayAskPart === true,
    talk: told?.mayTalk === true,
    record: told?.mayRecord === true,
    shareClipboard: told?.mayShareClipboard === true,
    askReboot: told?.mayAskReboot === true,
    print: told?.mayPrint === true,
    invite: told?.mayInvite === true,
    operatorScreen: told?.mayShowOperatorScreen === true,
    controlOperator: told?.mayControlOperator === true,
  };
}

export function reasonName(reason: EndReason): EndReasonName {
  return REASONS[reason] ?? "unknown";
}

export function kindName(kind: Kind): CustomerKind {
  if (kind === Kind.APP) return "app";
  return kind === Kind.BROWSER ? "browser" : "unknown";
}

/** What is known of a session's customer. `mark`: tells two of the same system apart. */
export type SessionNames = {
  readonly customer: string;
  readonly hostName: string;
  readonly os: string;
  readonly mark: string;
};

/** What to call a session: its customer, as the record has it, else the machine, else the system with its mark. */
export function sessionTitle({ customer, hostName, os, mark }: SessionNames): string {
  return customer || hostName || [os, mark].filter(Boolean).join(" · ");
}

/** The server tells a code only while it is out; the operator knows the session by it until its end. */
export function withKnownCode(summary: SessionSummary, before: SessionSummary | undefined): SessionSummary {
  if (summary.stage === "waiting" || summary.code !== "" || before === undefined) return summary;
  return { ...summary, code: before.code };
}

/** "123456" as a person reads it aloud: "123 456". */
export function spacedCode(code: string): string {
  return code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

function cut(text: string): string {
  return shown(text, TEXT_MAX_CHARACTERS);
}
