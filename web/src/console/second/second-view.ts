import { SecondRole } from "../../generated/proto/beside/v1/common_pb";
import { OperatorsNow_Holder as Holder, type OperatorsNow } from "../../generated/proto/beside/v1/peer_pb";
import { type Second, Second_State as State } from "../../generated/proto/beside/v1/signalling_pb";
import { shown } from "../../shared/strangers-text";

/** What another operator comes for [F-18]. */
export type SecondRoleName = "view" | "control" | "hand_over";

export type SecondStateName =
  | "invited"
  | "accepted"
  | "joined"
  | "declined"
  | "withdrawn"
  | "expired"
  | "refused"
  | "left"
  | "removed";

/** The operator who is invited or there, as the server tells both consoles. */
export type SecondView = {
  readonly state: SecondStateName;
  readonly role: SecondRoleName;
  /** Whose session it is. */
  readonly operator: string;
  readonly name: string;
  readonly department: string;
  readonly reason: string;
  readonly expiresAt_ms: number;
  /** This console is of the one who is invited. */
  readonly isYou: boolean;
};

/** Who is connected and who has control, as the customer's app says. */
export type OperatorsView = {
  readonly operator: string;
  readonly second: string;
  readonly holder: "nobody" | "operator" | "second";
  readonly secondAsks: boolean;
  readonly secondMayControl: boolean;
  readonly isSecond: boolean;
};

const STATES: Readonly<Record<State, SecondStateName | null>> = {
  [State.UNSPECIFIED]: null,
  [State.INVITED]: "invited",
  [State.ACCEPTED]: "accepted",
  [State.JOINED]: "joined",
  [State.DECLINED]: "declined",
  [State.WITHDRAWN]: "withdrawn",
  [State.EXPIRED]: "expired",
  [State.REFUSED]: "refused",
  [State.LEFT]: "left",
  [State.REMOVED]: "removed",
  [State.HANDED_OVER]: null,
};

/** Names longer than this are cut, as the server cuts them. */
const NAME_MAX_CHARACTERS = 128;
const REASON_MAX_CHARACTERS = 200;

/** Reads it from the wire; null: nobody, or of a later version. */
export function readSecond(second: Second | undefined): SecondView | null {
  const state = second === undefined ? null : (STATES[second.state] ?? null);
  if (second === undefined || state === null) return null;
  return {
    state,
    role: roleName(second.role),
    operator: cut(second.operator),
    name: cut(second.name),
    department: cut(second.department),
    reason: shown(second.reason, REASON_MAX_CHARACTERS),
    expiresAt_ms: Number(second.expiresAtMs),
    isYou: second.isYou,
  };
}

export function readOperators(now: OperatorsNow): OperatorsView | null {
  if (now.second === "") return null;
  return {
    operator: cut(now.operator),
    second: cut(now.second),
    holder: now.holder === Holder.SECOND ? "second" : now.holder === Holder.OPERATOR ? "operator" : "nobody",
    secondAsks: now.secondAsks,
    secondMayControl: now.secondMayControl,
    isSecond: now.isSecond,
  };
}

/** Waits for the answer of whoever is invited, or of the customer. */
export function isOpen(second: SecondView | null): boolean {
  return second !== null && (second.state === "invited" || second.state === "accepted");
}

function roleName(role: SecondRole): SecondRoleName {
  if (role === SecondRole.CONTROL) return "control";
  return role === SecondRole.HAND_OVER ? "hand_over" : "view";
}

function cut(text: string): string {
  return shown(text, NAME_MAX_CHARACTERS);
}
