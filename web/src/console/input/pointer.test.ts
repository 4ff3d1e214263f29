import { describe, expect, it } from "vitest";
import { PointerButtons, toPicture } from "./pointer";
import { WheelCounter } from "./wheel";

const size = { width: 1920, height: 1080 };

describe("toPicture", () => {
  it("finds the customer's pixel at any zoom", () => {
    const rect = { left: 100, top: 50, width: 960, height: 540 };
    expect(toPicture({ x: 100, y: 50 }, rect, size)).toEqual({ at: { x: 0, y: 0 }, inside: true });
    expect(toPicture({ x: 580.4, y: 320.4 }, rect, size)).toEqual({ at: { x: 960, y: 540 }, inside: true });
    expect(toPicture({ x: 1059.9, y: 589.9 }, rect, size)).toEqual({
      at: { x: 1919, y: 1079 },
      inside: true,
    });
  });

  it("keeps to the nearest pixel outside, and says so", () => {
    const rect = { left: 0, top: 0, width: 1920, height: 1080 };
    expect(toPicture({ x: -5, y: 2000 }, rect, size)).toEqual({ at: { x: 0, y: 1079 }, inside: false });
    expect(toPicture({ x: 5, y: 5 }, { ...rect, width: 0 }, size).inside).toBe(false);
  });
});

describe("pointer buttons", () => {
  const at = { x: 3, y: 4 };
  const shown = (buttons: PointerButtons, mask: number, inside = true) =>
    buttons
      .change(mask, at, inside)
      .map((event) => (event.kind === "button" ? `${event.pressed ? "+" : "-"}${event.button}` : event.kind));

  it("follows the mask, also for a second button that the browser reports as a move", () => {
    const buttons = new PointerButtons();
    expect(shown(buttons, 1)).toEqual(["+left"]);
    expect(shown(buttons, 3)).toEqual(["+right"]);
    expect(shown(buttons, 2)).toEqual(["-left"]);
    expect(shown(buttons, 28)).toEqual(["-right", "+middle", "+back", "+forward"]);
    expect(shown(buttons, 0, false)).toEqual(["-middle", "-back", "-forward"]);
    expect(buttons.any).toBe(false);
  });

  it("ignores a press beside the picture, and ends a drag there", () => {
    const buttons = new PointerButtons();
    expect(shown(buttons, 1, false)).toEqual([]);
    expect(shown(buttons, 0, true)).toEqual([]);
    expect(shown(buttons, 1, true)).toEqual(["+left"]);
    expect(shown(buttons, 0, false)).toEqual(["-left"]);
  });
});

describe("wheel", () => {
  const turn = (counter: WheelCounter, deltaY: number, deltaMode = 0, wheelDeltaY?: number, deltaX = 0) =>
    counter.turn({ deltaX, deltaY, deltaMode, wheelDeltaY });

  it("counts a notch as 120 in every browser's units, up positive", () => {
    expect(turn(new WheelCounter(), 100)).toEqual({ x: 0, y: -120 });
    expect(turn(new WheelCounter(), -3, 1)).toEqual({ x: 0, y: 120 });
    expect(turn(new WheelCounter(), 53, 0, -120)).toEqual({ x: 0, y: -120 });
    expect(turn(new WheelCounter(), 0, 0, 0, 100)).toEqual({ x: 120, y: 0 });
  });

  it("keeps the parts of a unit", () => {
    const counter = new WheelCounter();
    expect(turn(counter, 0.5)).toBeNull();
    expect(turn(counter, 0.5)).toEqual({ x: 0, y: -1 });
  });
});
