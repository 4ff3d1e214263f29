import { afterEach, describe, expect, it } from "vitest";
import { Store } from "../../shared/session/store";
import type { Pasted } from "../clipboard/clipboard";
import type { InputEvent } from "../input/input-event";
import { type BoundSession, InputBinding } from "./input-binding";

const bindings: InputBinding[] = [];

afterEach(() => {
  for (const binding of bindings.splice(0)) binding.close();
  see("visible");
  document.body.replaceChildren();
});

const NO_CLIPBOARD = {
  clipboard: { paste: () => Promise.resolve(true), mayHaveCopied: () => {}, retry: () => {} },
  mayPaste: () => false,
};

/** Ctrl and Shift are down over a picture, and the customer knows of both. */
function holding() {
  const log: string[] = [];
  const session: BoundSession = {
    sendInput: (event) => log.push(shown(event)),
    movePointer: () => {},
    keyboardWishes: new Store(0),
    ...NO_CLIPBOARD,
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
      ...NO_CLIPBOARD,
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

describe("a paste over the picture (S-11)", () => {
  const pasting = (arrives: Promise<boolean>) => {
    const log: string[] = [];
    const pasted: Pasted[] = [];
    const session: BoundSession = {
      sendInput: (event) => log.push(shown(event)),
      movePointer: () => {},
      keyboardWishes: new Store(0),
      clipboard: {
        paste: (own) => {
          pasted.push(own);
          return arrives;
        },
        mayHaveCopied: () => {},
        retry: () => {},
      },
      mayPaste: () => true,
    };
    const [surface, field] = [document.createElement("div"), document.createElement("textarea")];
    document.body.append(surface, field);
    bindings.push(new InputBinding(session, surface, field, { width: 9, height: 9 }, () => {}));
    const key = (name: "keydown" | "keyup", code: string, letter: string) =>
      field.dispatchEvent(
        new KeyboardEvent(name, { code, key: letter, ctrlKey: true, bubbles: true, cancelable: true }),
      );
    key("keydown", "ControlLeft", "Control");
    key("keydown", "KeyV", "v");
    const paste = (text: string) => {
      const event = new Event("paste", { cancelable: true });
      Object.assign(event, { clipboardData: { getData: () => text, items: [] } });
      field.dispatchEvent(event);
    };
    return { log, pasted, key, paste };
  };
  const settled = () => new Promise((done) => setTimeout(done, 5));

  it("presses the customer's key once the text is there, and what was typed meanwhile after it", async () => {
    let arrive = (_: boolean) => {};
    const o = pasting(new Promise((done) => (arrive = done)));
    expect(o.log).toEqual(["+ControlLeft"]);
    o.paste("새 글");
    o.key("keyup", "KeyV", "v");
    o.key("keyup", "ControlLeft", "Control");
    await settled();
    expect(o.pasted).toEqual([{ kind: "text", text: "새 글" }]);
    expect(o.log).toEqual(["+ControlLeft"]);
    arrive(true);
    await settled();
    expect(o.log).toEqual(["+ControlLeft", "+KeyV", "-KeyV", "-ControlLeft"]);
  });

  it("presses nothing where the text did not arrive, which would paste something else", async () => {
    const o = pasting(Promise.resolve(false));
    o.paste("lost");
    o.key("keyup", "KeyV", "v");
    await settled();
    expect(o.log).toEqual(["+ControlLeft"]);
  });

  it("is the customer's own where this computer's clipboard is empty", async () => {
    const o = pasting(Promise.resolve(true));
    await new Promise((done) => setTimeout(done, 100));
    expect(o.pasted).toEqual([]);
    expect(o.log).toEqual(["+ControlLeft", "+KeyV", "-KeyV"]);
  });
});
