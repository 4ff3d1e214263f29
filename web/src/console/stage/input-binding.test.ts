import { afterEach, describe, expect, it } from "vitest";
import { Store } from "../../shared/session/store";
import type { InputEvent } from "../input/input-event";
import { type BoundSession, InputBinding } from "./input-binding";

const bindings: InputBinding[] = [];

afterEach(() => {
  for (const binding of bindings.splice(0)) binding.close();
  see("visible");
  document.body.replaceChildren();
});

/** Ctrl and Shift are down over a picture, and the customer knows of both. */
function holding() {
  const log: string[] = [];
  const session: BoundSession = {
    sendInput: (event) => log.push(shown(event)),
    movePointer: () => {},
    keyboardWishes: new Store(0),
  };
  const field = document.createElement("textarea");
  const surface = document.createElement("div");
  document.body.append(surface, field);
  const binding = new InputBinding(session, surface, field, { width: 640, height: 400 }, () => {});
  bindings.push(binding);
  for (const code of ["ControlLeft", "ShiftLeft", "ArrowLeft"]) press(field, code);
  expect(log.splice(0)).toEqual(["+ControlLeft", "+ShiftLeft", "+ArrowLeft"]);
  return { binding, field, sent: () => log.splice(0) };
}

function press(field: HTMLElement, code: string): void {
  const key = code.startsWith("Arrow") ? code : code.replace("Left", "");
  field.dispatchEvent(new KeyboardEvent("keydown", { code, key, ctrlKey: true }));
}

function shown(event: InputEvent): string {
  return event.kind === "key" ? `${event.pressed ? "+" : "-"}${event.code}` : event.kind;
}

function see(visibilityState: DocumentVisibilityState): void {
  Object.defineProperty(document, "visibilityState", { value: visibilityState, configurable: true });
}

describe("keys that are held over the picture (X-4)", () => {
  it("go up at the customer when the field loses the keyboard", () => {
    const o = holding();
    o.field.blur();
    expect(o.sent()).toEqual(["release-all"]);
  });

  it("go up when the window loses the keyboard", () => {
    const o = holding();
    window.dispatchEvent(new Event("blur"));
    expect(o.sent()).toEqual(["release-all"]);
  });

  it("go up when the page is hidden, which not every browser tells by a blur", () => {
    const o = holding();
    see("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(o.sent()).toEqual(["release-all"]);
    see("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(o.sent()).toEqual([]);
  });

  it("go up when control ends, and what is pressed afterwards reaches nobody", () => {
    const o = holding();
    o.binding.close();
    expect(o.sent()).toContain("release-all");
    press(o.field, "KeyA");
    expect(o.sent()).toEqual([]);
  });

  it("are pressed anew after that, so that none is taken for held", () => {
    const o = holding();
    window.dispatchEvent(new Event("blur"));
    o.sent();
    press(o.field, "ControlLeft");
    expect(o.sent()).toEqual(["+ControlLeft"]);
  });
});

describe("the keyboard of an operator", () => {
  const bind = () => {
    const [surface, field] = [document.createElement("div"), document.createElement("textarea")];
    document.body.append(surface, field);
    const moves: { x: number; y: number }[] = [];
    const session: BoundSession = {
      sendInput: () => {},
      movePointer: (at) => moves.push(at),
      keyboardWishes: new Store(0),
    };
    surface.getBoundingClientRect = () => new DOMRect(0, 0, 100, 100);
    const binding = new InputBinding(session, surface, field, { width: 200, height: 200 }, () => {});
    bindings.push(binding);
    return { binding, surface, field, moves };
  };

  it("goes to the customer when control begins", () => {
    const { field } = bind();
    expect(document.activeElement).toBe(field);
  });

  it("stays with the chat when control begins anew meanwhile", () => {
    const chat = document.createElement("textarea");
    document.body.append(chat);
    chat.focus();
    bind();
    expect(document.activeElement).toBe(chat);
  });

  it("and the mouse follow a screen that changes its size", () => {
    const { binding, surface, field, moves } = bind();
    binding.resize({ width: 400, height: 100 });
    expect(document.activeElement).toBe(field);
    surface.dispatchEvent(new PointerEvent("pointermove", { clientX: 50, clientY: 50 }));
    expect(moves).toEqual([{ x: 200, y: 50 }]);
  });
});
