import type { InputEvent, Point, PointerButtonName } from "./input-event";

/** A rectangle on the page, CSS pixels. */
export type PageRect = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

export type PictureSize = { readonly width: number; readonly height: number };

/**
 * The pixel of the customer's picture under a place on the page, at any zoom.
 *
 * `inside` is false where the place lies outside of the picture; `at` is then the nearest pixel.
 */
export function toPicture(page: Point, rect: PageRect, size: PictureSize): { at: Point; inside: boolean } {
  if (rect.width <= 0 || rect.height <= 0 || size.width <= 0 || size.height <= 0) {
    return { at: { x: 0, y: 0 }, inside: false };
  }
  const x = Math.floor(((page.x - rect.left) * size.width) / rect.width);
  const y = Math.floor(((page.y - rect.top) * size.height) / rect.height);
  const at = { x: clamp(x, size.width - 1), y: clamp(y, size.height - 1) };
  return { at, inside: at.x === x && at.y === y };
}

/** `PointerEvent.buttons`: UI Events §5.3.2. */
const BUTTON_BITS: readonly (readonly [number, PointerButtonName])[] = [
  [1, "left"],
  [2, "right"],
  [4, "middle"],
  [8, "back"],
  [16, "forward"],
];

/**
 * Which buttons are down at the customer.
 *
 * Works on the mask alone: with one button down the browser reports the next one as a move, not as a press.
 */
export class PointerButtons {
  private pressed = 0;

  /** The events that lead from the last known state to `buttons`. A press outside of the picture is not sent. */
  change(buttons: number, at: Point, inside: boolean): InputEvent[] {
    const events: InputEvent[] = [];
    for (const [bit, button] of BUTTON_BITS) {
      const is = (buttons & bit) !== 0;
      const was = (this.pressed & bit) !== 0;
      if (is === was || (is && !inside && this.pressed === 0)) continue;
      this.pressed ^= bit;
      events.push({ kind: "button", button, pressed: is, at });
    }
    return events;
  }

  get any(): boolean {
    return this.pressed !== 0;
  }

  /** After a release of everything. */
  clear(): void {
    this.pressed = 0;
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
