/** What the operator did, in the customer's terms: pixels of the shared picture, W3C `code` names, committed text. */
export type InputEvent =
  | { readonly kind: "key"; readonly code: string; readonly pressed: boolean }
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "button";
      readonly button: PointerButtonName;
      readonly pressed: boolean;
      readonly at: Point;
    }
  | { readonly kind: "wheel"; readonly x: number; readonly y: number; readonly at: Point }
  | { readonly kind: "special"; readonly combination: Combination }
  | { readonly kind: "release-all" };

/** A pixel of the shared picture, origin top left. */
export type Point = { readonly x: number; readonly y: number };

export type PointerButtonName = "left" | "middle" | "right" | "back" | "forward";

/** Combinations that the operator's own machine keeps for itself. */
export const combinations = [
  "ctrl-alt-del",
  "super",
  "alt-tab",
  "alt-f4",
  "hangul",
  "hanja",
  "print-screen",
  "ctrl-esc",
] as const;

export type Combination = (typeof combinations)[number];
