import type { InputEvent } from "./input-event";
import {
  endsInHangul,
  isPrintable,
  LOCAL_CODES,
  LOCAL_KEYS,
  makesText,
  physicalCode,
  type Stroke,
  splitText,
} from "./stroke";

export type KeyboardPort = {
  /** Takes the events in the order in which the customer's machine shall see them. */
  emit(event: InputEvent): void;
  /** Ends the composition of the operator's own IME in the text field; its text has been sent already. */
  dropComposition(): void;
};

const COMPOSING_KEY_CODE = 229;
const SHIFTS: readonly string[] = ["ShiftLeft", "ShiftRight"];
const SHORTCUT_MODIFIERS: readonly string[] = [
  "ControlLeft",
  "ControlRight",
  "AltLeft",
  "AltRight",
  "MetaLeft",
  "MetaRight",
];

/**
 * Turns the key and composition events of a hidden text field into what the customer's machine gets (Y-4).
 *
 * Printable keys and whatever an IME composes become text; with Ctrl, Alt or Super held, and for keys that print
 * nothing, the physical key is sent. Shift goes along only where a physical key or a click needs it, since text is
 * already in the right case.
 *
 * INVARIANT: committed text is emitted exactly once, before the key, shortcut or click that ended its composition.
 */
export class Keyboard {
  /** Physical keys that are down at the customer, in the order of pressing. */
  private readonly held = new Set<string>();
  /** Shift keys that are down here, and whether the customer knows. */
  private readonly shifts = new Map<string, { sent: boolean; used: boolean }>();
  private composition: string | null = null;
  /** Text that was sent when its composition was cut short: the browser reports it once more. */
  private echo: string | null = null;
  /** A key that ended a composition and that the browser may or may not report again. */
  private owed: { readonly code: string; up: boolean } | null = null;

  constructor(private readonly port: KeyboardPort) {}

  /** The text being composed, to be shown at the operator's side; null outside a composition. */
  get composing(): string | null {
    return this.composition;
  }

  /** Returns whether the browser's own handling must be prevented. */
  down(stroke: Stroke): boolean {
    if (SHORTCUT_MODIFIERS.includes(stroke.code) && !LOCAL_KEYS.includes(stroke.key)) {
      return this.pressModifier(stroke.code);
    }
    if (stroke.isComposing || stroke.keyCode === COMPOSING_KEY_CODE) return this.composingKey(stroke);
    if (stroke.key === "AltGraph") this.dropPhantomControl();
    if (SHIFTS.includes(stroke.code)) {
      if (!stroke.repeat) this.shifts.set(stroke.code, { sent: false, used: false });
      return false;
    }
    if (LOCAL_KEYS.includes(stroke.key) || LOCAL_CODES.includes(stroke.code)) return false;
    this.echo = null;
    const shortcut = (stroke.ctrlKey || stroke.altKey || stroke.metaKey) && !stroke.altGraph;
    if (!shortcut && isPrintable(stroke.key)) {
      this.text(stroke.key);
      return true;
    }
    this.press(physicalCode(stroke));
    return true;
  }

  up(stroke: Stroke): void {
    const shift = this.shifts.get(stroke.code);
    if (shift !== undefined) {
      this.shifts.delete(stroke.code);
      this.releaseShift(stroke.code, shift);
      return;
    }
    this.release(physicalCode(stroke));
    this.release(stroke.code);
    // While Super is down, macOS reports no key going up.
    if (stroke.code.startsWith("Meta")) this.releaseOrdinaryKeys();
    if (this.owed?.code !== stroke.code) return;
    this.owed.up = true;
    if (this.composition === null) this.payOwed();
  }

  compositionStart(): void {
    this.echo = null;
    this.composition = "";
  }

  compositionUpdate(text: string): void {
    if (this.composition !== null) this.composition = text;
  }

  compositionEnd(text: string): void {
    const cut = this.composition === null;
    this.composition = null;
    if (cut && this.isEcho(text)) return;
    this.text(text);
    // Only Hangul: in other scripts Enter picks a candidate and is not meant for the customer.
    if (!endsInHangul(text)) this.owed = null;
    if (this.owed?.up === true) this.payOwed();
  }

  /** Text that the field took without a composition: dictation, a symbol picker, a Space that ended a syllable. */
  inserted(text: string): void {
    if (this.composition !== null || this.isEcho(text)) return;
    this.text(text);
  }

  /** Sends what is being composed now; called before a click and before a shortcut. */
  commit(): void {
    if (this.composition === null) return;
    const text = this.composition;
    this.composition = null;
    this.echo = text;
    this.text(text);
    this.port.dropComposition();
  }

  /** The key of a shortcut as a whole: its own going up may have come before. */
  tapShortcut(stroke: Stroke): void {
    const code = physicalCode(stroke);
    this.commit();
    this.press(code);
    this.release(code);
  }

  /** Presses the Shift keys that are down here at the customer too, for Shift with a click or the wheel. */
  syncShift(): void {
    for (const [code, shift] of this.shifts) {
      shift.used = true;
      if (shift.sent) continue;
      shift.sent = true;
      this.held.add(code);
      this.port.emit({ kind: "key", code, pressed: true });
    }
  }

  /** Everything goes up at the customer: focus lost, control off, end. */
  releaseAll(): void {
    this.commit();
    this.owed = null;
    this.held.clear();
    this.shifts.clear();
    this.port.emit({ kind: "release-all" });
  }

  private composingKey(stroke: Stroke): boolean {
    this.echo = null;
    if (SHIFTS.includes(stroke.code)) {
      this.shifts.set(stroke.code, { sent: false, used: true });
      return false;
    }
    // Shift with a key of the IME's own (ㄲ, Shift+Space) is no Shift pressed alone.
    for (const shift of this.shifts.values()) shift.used = true;
    if (stroke.code.length === 0 || LOCAL_CODES.includes(stroke.code)) return false;
    const shortcut = (stroke.ctrlKey || stroke.altKey || stroke.metaKey) && !stroke.altGraph;
    if (shortcut) {
      this.commit();
      this.press(stroke.code);
      return true;
    }
    const endsComposition = !makesText(stroke.code) && stroke.code !== "Backspace";
    if (this.composition !== null && endsComposition) this.owed = { code: stroke.code, up: false };
    return false;
  }

  private pressModifier(code: string): boolean {
    this.commit();
    this.press(code);
    return true;
  }

  private press(code: string): void {
    if (code.length === 0) return;
    this.owed = null;
    this.syncShift();
    // A held key repeats at the customer's machine by itself.
    if (this.held.has(code)) return;
    this.held.add(code);
    this.port.emit({ kind: "key", code, pressed: true });
  }

  private release(code: string): void {
    if (!this.held.delete(code)) return;
    this.port.emit({ kind: "key", code, pressed: false });
  }

  private releaseShift(code: string, shift: { sent: boolean; used: boolean }): void {
    if (shift.sent) this.release(code);
    else if (!shift.used) this.tap(code);
  }

  private releaseOrdinaryKeys(): void {
    for (const code of [...this.held]) {
      if (!SHORTCUT_MODIFIERS.includes(code)) this.release(code);
    }
  }

  private text(text: string): void {
    if (text.length === 0) return;
    for (const [code, shift] of this.shifts) {
      shift.used = true;
      if (!shift.sent) continue;
      shift.sent = false;
      this.release(code);
    }
    for (const part of splitText(text)) {
      if (part === "\n") this.tap("Enter");
      else if (part === "\t") this.tap("Tab");
      else this.port.emit({ kind: "text", text: part });
    }
  }

  private tap(code: string): void {
    this.port.emit({ kind: "key", code, pressed: true });
    this.port.emit({ kind: "key", code, pressed: false });
  }

  private payOwed(): void {
    const owed = this.owed;
    this.owed = null;
    if (owed === null) return;
    this.syncShift();
    this.tap(owed.code);
  }

  private dropPhantomControl(): void {
    // Windows sends ControlLeft with every AltGr.
    this.release("ControlLeft");
  }

  private isEcho(text: string): boolean {
    const same = this.echo === text;
    this.echo = null;
    return same;
  }
}
