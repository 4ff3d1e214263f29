import { describe, expect, it } from "vitest";
import type { InputEvent } from "./input-event";
import { Keyboard } from "./keyboard";
import { type Stroke, splitText } from "./stroke";

const plain: Stroke = {
  code: "",
  key: "",
  keyCode: 0,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  altGraph: false,
};

/** A key that the operator's IME takes for itself. */
const taken = (code: string): Partial<Stroke> => ({ code, key: "Process", keyCode: 229, isComposing: true });

function operator() {
  const log: string[] = [];
  let dropped = 0;
  const keyboard = new Keyboard({
    emit: (event) => log.push(shown(event)),
    dropComposition: () => {
      dropped += 1;
    },
  });
  return {
    keyboard,
    down: (stroke: Partial<Stroke>) => keyboard.down({ ...plain, ...stroke }),
    up: (stroke: Partial<Stroke>) => keyboard.up({ ...plain, ...stroke }),
    sent: () => log.splice(0).join(" "),
    dropped: () => dropped,
  };
}

function shown(event: InputEvent): string {
  if (event.kind === "text") return `'${event.text}'`;
  if (event.kind === "key") return `${event.pressed ? "+" : "-"}${event.code}`;
  return event.kind;
}

describe("keyboard", () => {
  it("sends printable keys as text, in the case that Shift made", () => {
    const o = operator();
    o.down({ code: "ShiftLeft", key: "Shift" });
    expect(o.down({ code: "KeyA", key: "A" })).toBe(true);
    o.up({ code: "KeyA", key: "A" });
    o.up({ code: "ShiftLeft", key: "Shift" });
    expect(o.sent()).toBe("'A'");
  });

  it("sends Shift with keys that print nothing, and releases it before text", () => {
    const o = operator();
    o.down({ code: "ShiftLeft", key: "Shift" });
    o.down({ code: "ArrowLeft", key: "ArrowLeft" });
    o.up({ code: "ArrowLeft", key: "ArrowLeft" });
    o.down({ code: "KeyB", key: "B" });
    o.up({ code: "ShiftLeft", key: "Shift" });
    expect(o.sent()).toBe("+ShiftLeft +ArrowLeft -ArrowLeft -ShiftLeft 'B'");
  });

  it("sends a Shift pressed alone as such", () => {
    const o = operator();
    o.down({ code: "ShiftRight", key: "Shift" });
    o.up({ code: "ShiftRight", key: "Shift" });
    expect(o.sent()).toBe("+ShiftRight -ShiftRight");
  });

  it("sends shortcuts as physical keys, whatever the layout prints", () => {
    const o = operator();
    o.down({ code: "ControlLeft", key: "Control", ctrlKey: true });
    expect(o.down({ code: "KeyC", key: "ㅊ", ctrlKey: true })).toBe(true);
    o.down({ code: "KeyC", key: "ㅊ", ctrlKey: true, repeat: true });
    o.up({ code: "KeyC", key: "ㅊ", ctrlKey: true });
    o.up({ code: "ControlLeft", key: "Control" });
    expect(o.sent()).toBe("+ControlLeft +KeyC -KeyC -ControlLeft");
  });

  it("takes AltGr characters as text and takes back the Control that Windows makes up", () => {
    const o = operator();
    o.down({ code: "ControlLeft", key: "Control", ctrlKey: true });
    o.down({ code: "AltRight", key: "AltGraph", altGraph: true });
    o.down({ code: "KeyE", key: "€", ctrlKey: true, altKey: true, altGraph: true });
    expect(o.sent()).toBe("+ControlLeft -ControlLeft '€'");
  });

  it("keeps 한/영, 한자 and locks to the operator's own machine", () => {
    const o = operator();
    expect(o.down({ code: "Lang1", key: "HangulMode" })).toBe(false);
    expect(o.down({ code: "AltRight", key: "HangulMode" })).toBe(false);
    expect(o.down({ code: "CapsLock", key: "CapsLock" })).toBe(false);
    o.up({ code: "AltRight", key: "HangulMode" });
    expect(o.sent()).toBe("");
  });

  it("sends the keypad's moves as plain keys and its digits as text", () => {
    const o = operator();
    o.down({ code: "Numpad7", key: "Home" });
    o.up({ code: "Numpad7", key: "Home" });
    o.down({ code: "Numpad7", key: "7" });
    expect(o.sent()).toBe("+Home -Home '7'");
  });

  it("releases everything with one event", () => {
    const o = operator();
    o.down({ code: "ControlLeft", key: "Control", ctrlKey: true });
    o.keyboard.releaseAll();
    o.up({ code: "ControlLeft", key: "Control" });
    expect(o.sent()).toBe("+ControlLeft release-all");
  });

  it("releases ordinary keys with Super, which swallows their releases", () => {
    const o = operator();
    o.down({ code: "MetaLeft", key: "Meta", metaKey: true });
    o.down({ code: "KeyC", key: "c", metaKey: true });
    o.up({ code: "MetaLeft", key: "Meta" });
    expect(o.sent()).toBe("+MetaLeft +KeyC -MetaLeft -KeyC");
  });
});

describe("Korean by the operator's own IME (Y-4)", () => {
  function composing(text: string) {
    const o = operator();
    o.down(taken("KeyG"));
    o.keyboard.compositionStart();
    o.keyboard.compositionUpdate(text);
    return o;
  }

  it("sends syllables as they are finished", () => {
    const o = composing("안");
    o.keyboard.compositionEnd("안");
    o.keyboard.compositionStart();
    o.keyboard.compositionUpdate("ㄴ");
    o.keyboard.compositionUpdate("녕");
    o.keyboard.compositionEnd("녕");
    expect(o.sent()).toBe("'안' '녕'");
  });

  it("keeps the backspace of jamo inside a composition here", () => {
    const o = composing("한");
    o.down(taken("Backspace"));
    o.keyboard.compositionUpdate("하");
    o.up({ code: "Backspace", key: "Backspace" });
    o.down(taken("Backspace"));
    o.keyboard.compositionUpdate("ㅎ");
    o.down(taken("Backspace"));
    o.keyboard.compositionUpdate("");
    o.keyboard.compositionEnd("");
    o.up({ code: "Backspace", key: "Backspace" });
    expect(o.sent()).toBe("");
    o.down({ code: "Backspace", key: "Backspace", keyCode: 8 });
    expect(o.sent()).toBe("+Backspace");
  });

  it("sends the text before the Enter that ends it, where the browser reports that Enter twice", () => {
    const o = composing("글");
    o.down(taken("Enter"));
    o.keyboard.compositionEnd("글");
    o.down({ code: "Enter", key: "Enter", keyCode: 13 });
    o.up({ code: "Enter", key: "Enter" });
    expect(o.sent()).toBe("'글' +Enter -Enter");
  });

  it("sends that Enter once where the browser reports it once", () => {
    const o = composing("글");
    o.down(taken("Enter"));
    o.keyboard.compositionEnd("글");
    o.up({ code: "Enter", key: "Enter" });
    expect(o.sent()).toBe("'글' +Enter -Enter");
  });

  it("sends that Enter once where its release comes before the end of the composition", () => {
    const o = composing("글");
    o.down(taken("Enter"));
    o.up({ code: "Enter", key: "Enter" });
    o.keyboard.compositionEnd("글");
    expect(o.sent()).toBe("'글' +Enter -Enter");
  });

  it("keeps the Shift of ㄲ and of Shift+Space here", () => {
    const o = operator();
    o.down({ code: "ShiftLeft", key: "Shift" });
    o.down(taken("KeyR"));
    o.keyboard.compositionStart();
    o.keyboard.compositionUpdate("ㄲ");
    o.up({ code: "ShiftLeft", key: "Shift" });
    o.keyboard.compositionEnd("까");
    o.down({ code: "ShiftLeft", key: "Shift" });
    o.down({ code: "Space", key: "Process", keyCode: 229 });
    o.up({ code: "ShiftLeft", key: "Shift" });
    expect(o.sent()).toBe("'까'");
  });

  it("keeps the Enter that picks a candidate of another script", () => {
    const o = composing("にほん");
    o.down(taken("Enter"));
    o.keyboard.compositionEnd("日本");
    o.up({ code: "Enter", key: "Enter" });
    expect(o.sent()).toBe("'日本'");
  });

  it("sends the text before a shortcut, once, though the browser reports it again", () => {
    const o = composing("저장");
    o.down({ code: "ControlLeft", key: "Control", ctrlKey: true, isComposing: true });
    o.keyboard.compositionEnd("저장");
    o.down({ code: "KeyS", key: "s", ctrlKey: true });
    expect(o.sent()).toBe("'저장' +ControlLeft +KeyS");
    expect(o.dropped()).toBe(1);
  });

  it("sends the text before a click, once, though the browser inserts it again", () => {
    const o = composing("값");
    o.keyboard.commit();
    o.keyboard.inserted("값");
    expect(o.sent()).toBe("'값'");
  });

  it("does not take the same syllable typed anew for the browser's echo", () => {
    const o = composing("값");
    o.keyboard.commit();
    o.keyboard.compositionEnd("값");
    o.down(taken("KeyR"));
    o.keyboard.compositionStart();
    o.keyboard.compositionUpdate("값");
    o.keyboard.compositionEnd("값");
    expect(o.sent()).toBe("'값' '값'");
  });

  it("sends the space that ends a syllable after it", () => {
    const o = composing("말");
    o.down(taken("Space"));
    o.keyboard.compositionEnd("말");
    o.keyboard.inserted(" ");
    o.up({ code: "Space", key: " " });
    expect(o.sent()).toBe("'말' ' '");
  });

  it("sends what is composed when the focus is lost", () => {
    const o = composing("끝");
    o.keyboard.releaseAll();
    o.keyboard.compositionEnd("끝");
    expect(o.sent()).toBe("'끝' release-all");
  });
});

describe("splitText", () => {
  it("makes line ends and tabs keys of their own and splits no character", () => {
    expect(splitText("a\r\nb\tc")).toEqual(["a", "\n", "b", "\t", "c"]);
    const parts = splitText("😀".repeat(600));
    expect(parts.join("")).toBe("😀".repeat(600));
    expect(parts.every((part) => part.length <= 1024)).toBe(true);
  });
});
