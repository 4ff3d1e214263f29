import { CaptureReason as Reason, CaptureWay as Way } from "../../generated/proto/beside/v1/common_pb";
import type { CaptureMode as Wire } from "../../generated/proto/beside/v1/peer_pb";

/** How the customer's screen can be captured, in the order of the menu [S-04]. */
export const captureWays = ["fast", "plain"] as const;
export type CaptureWay = (typeof captureWays)[number];

/** How it is captured now, as the app says. */
export type CaptureMode = {
  readonly way: CaptureWay;
  readonly reason: "option" | "operator" | "no-damage" | "no-shared-memory";
};

const REASONS: Readonly<Record<Reason, CaptureMode["reason"]>> = {
  [Reason.UNSPECIFIED]: "option",
  [Reason.OPTION]: "option",
  [Reason.OPERATOR]: "operator",
  [Reason.NO_DAMAGE]: "no-damage",
  [Reason.NO_SHARED_MEMORY]: "no-shared-memory",
};

/** Reads what the app says; null: a way that this console does not know. */
export function captureModeOf({ way, reason }: Pick<Wire, "way" | "reason">): CaptureMode | null {
  const known = captureWays.find((each) => wireCaptureWay(each) === way);
  return known === undefined ? null : { way: known, reason: REASONS[reason] ?? "option" };
}

export function wireCaptureWay(way: CaptureWay): Way {
  return way === "fast" ? Way.FAST : Way.PLAIN;
}

/** Why a way cannot be chosen just now; null: it can. */
export function whyNotWay(way: CaptureWay, { reason }: CaptureMode, isSecond: boolean): string | null {
  if (way === "fast" && reason === "no-damage") return "console-capture-no-damage";
  return isSecond ? "console-capture-second" : null;
}
