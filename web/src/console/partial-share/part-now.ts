import { PartKind } from "../../generated/proto/beside/v1/common_pb";
import {
  SharedPart_Asked as Asked,
  type Display,
  type SharedPart,
  SharedPart_State as State,
} from "../../generated/proto/beside/v1/peer_pb";

export type PartName = "none" | "desktop" | "monitor" | "window" | "area";

/** What of the customer's screen is shared now [F-01, S-14]. */
export type PartNow = {
  /** `none`: the customer has not chosen yet. */
  readonly part: PartName;
  /** Of a window or a monitor: words of a stranger, shown as text only. */
  readonly name: string;
  readonly state: "shown" | "hidden" | "gone";
  /** What became of what this console asked for. */
  readonly asked: "no" | "open" | "declined";
};

/** A screen of the customer's: its name, and where it lies in the picture, as the customer's side says. */
export type DisplayInfo = {
  readonly id: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const PARTS: Readonly<Record<PartKind, PartName>> = {
  [PartKind.UNSPECIFIED]: "none",
  [PartKind.DESKTOP]: "desktop",
  [PartKind.MONITOR]: "monitor",
  [PartKind.WINDOW]: "window",
  [PartKind.AREA]: "area",
};

const NAME_MAX_CHARACTERS = 128;
const DISPLAYS_MAX = 32;

/** Reads what the app says; a kind that this console does not know is shown as a part of the screen. */
export function partNow({ kind, name, state, asked }: SharedPart): PartNow {
  return {
    part: PARTS[kind] ?? "area",
    name: cut(name),
    state: state === State.GONE ? "gone" : state === State.HIDDEN ? "hidden" : "shown",
    asked: asked === Asked.OPEN ? "open" : asked === Asked.DECLINED ? "declined" : "no",
  };
}

export function displaysOf(displays: readonly Display[]): readonly DisplayInfo[] {
  return displays
    .slice(0, DISPLAYS_MAX)
    .map(({ id, name, x, y, width, height }) => ({ id, name: cut(name), x, y, width, height }));
}

function cut(text: string): string {
  return [...text].slice(0, NAME_MAX_CHARACTERS).join("");
}
