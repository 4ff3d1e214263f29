/** The parts of a `KeyboardEvent` that decide what is sent. */
export type Stroke = {
  readonly code: string;
  readonly key: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
  /** AltGr, which Windows reports as Control and Alt together, makes characters and no shortcuts. */
  readonly altGraph: boolean;
};

/** Locks change what the operator's keys mean here; the customer gets the meaning, as text. */
export const LOCAL_KEYS: readonly string[] = [
  "CapsLock",
  "NumLock",
  "ScrollLock",
  "HangulMode",
  "HanjaMode",
  "KanaMode",
  "Convert",
  "NonConvert",
  "ModeChange",
  "AltGraph",
  "Fn",
  "FnLock",
  "Unidentified",
  "Dead",
  "Process",
];
/** The same by physical key. */
export const LOCAL_CODES: readonly string[] = ["Lang1", "Lang2", "Lang3", "Lang4", "Lang5"];
const KEYPAD_MOVES: readonly string[] = [
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Insert",
  "Delete",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
];

/** The longest text in one message, in UTF-16 units: the wire's limit is 1,024 characters. */
const TEXT_MAX_LENGTH = 1024;

/** Cuts text into line ends, tabs and pieces of at most `TEXT_MAX_LENGTH` that split no character. */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let piece = "";
  const close = () => {
    if (piece.length > 0) parts.push(piece);
    piece = "";
  };
  for (const character of text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")) {
    if (character === "\n" || character === "\t") {
      close();
      parts.push(character);
    } else {
      if (piece.length + character.length > TEXT_MAX_LENGTH) close();
      piece += character;
    }
  }
  close();
  return parts;
}

/** Whether a key's name is the character that it prints. */
export function isPrintable(key: string): boolean {
  return [...key].length === 1 && key >= " " && key !== "\u007f";
}

/** The keypad's moves with NumLock off are sent as the plain keys: the customer's NumLock may be on. */
export function physicalCode(stroke: Stroke): string {
  if (stroke.code.startsWith("Numpad") && KEYPAD_MOVES.includes(stroke.key)) return stroke.key;
  if (stroke.code.length === 0 && !isPrintable(stroke.key) && !LOCAL_KEYS.includes(stroke.key))
    return stroke.key;
  return stroke.code;
}

/** Whether a physical key makes text for an IME. */
export function makesText(code: string): boolean {
  if (code === "NumpadEnter") return false;
  return /^(Key|Digit|Numpad|Intl|Quote|Backquote|Minus|Equal|Bracket|Backslash|Semicolon|Comma|Period|Slash|Space)/.test(
    code,
  );
}

export function endsInHangul(text: string): boolean {
  return /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]$/u.test(text);
}
