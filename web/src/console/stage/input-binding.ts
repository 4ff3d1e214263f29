import { Keyboard } from "../input/keyboard";
import { localShortcut } from "../input/local-shortcut";
import { type PictureSize, PointerButtons, toPicture } from "../input/pointer";
import type { Stroke } from "../input/stroke";
import { WheelCounter } from "../input/wheel";
import type { Session } from "../session/session";
import { hideMenus, showMenus, toggleFullScreen } from "../toolbar/full-screen";

/** The field keeps what was typed until it is this long: emptying it while the IME is at work would disturb it. */
const FIELD_MAX_LENGTH = 200;

/** What the events go to. */
export type BoundSession = Pick<Session, "sendInput" | "movePointer" | "keyboardWishes">;

/** Ties the page's own events over a picture to a session, while control is on. */
export class InputBinding {
  private readonly keyboard: Keyboard;
  private readonly buttons = new PointerButtons();
  private readonly wheel = new WheelCounter();
  private readonly stop = new AbortController();

  constructor(
    private readonly session: BoundSession,
    private readonly surface: HTMLElement,
    private readonly field: HTMLTextAreaElement,
    private picture: PictureSize,
    private readonly onComposing: (text: string) => void,
  ) {
    this.keyboard = new Keyboard({
      emit: (event) => session.sendInput(event),
      dropComposition: () => this.dropComposition(),
    });
    this.listenToKeys();
    this.listenToPointer();
    field.value = "";
    const focus = () => field.focus({ preventScroll: true });
    this.stop.signal.addEventListener("abort", session.keyboardWishes.subscribe(focus));
    if (!isWriting(field.ownerDocument)) focus();
  }

  /** The customer's screen has another size; what is held stays held. */
  resize(picture: PictureSize): void {
    this.picture = picture;
  }

  close(): void {
    this.stop.abort();
    this.releaseAll();
    this.field.blur();
  }

  private listenToKeys(): void {
    const { field } = this;
    this.on(field, "keydown", (event) => this.keyDown(event));
    this.on(field, "keyup", (event) => this.keyboard.up(strokeOf(event)));
    this.on(field, "compositionstart", () => this.keyboard.compositionStart());
    this.on(field, "compositionupdate", (event) => {
      this.keyboard.compositionUpdate(event.data);
      this.showComposing();
    });
    this.on(field, "compositionend", (event) => {
      this.keyboard.compositionEnd(event.data);
      this.showComposing();
    });
    this.on(field, "input", (event) => this.fieldChanged(event));
    this.on(field, "blur", () => this.releaseAll());
    this.stop.signal.addEventListener("abort", () => this.onComposing(""));
    const { signal } = this.stop;
    const { ownerDocument } = field;
    ownerDocument.defaultView?.addEventListener("blur", () => this.releaseAll(), { signal });
    // Another tab of the browser: where nothing had the focus, no blur tells of it.
    const hidden = () => {
      if (ownerDocument.visibilityState === "hidden") this.releaseAll();
    };
    ownerDocument.addEventListener("visibilitychange", hidden, { signal });
  }

  private listenToPointer(): void {
    const { surface } = this;
    this.on(surface, "pointerdown", (event) => {
      // The field keeps the focus, so that the keyboard stays with the customer.
      event.preventDefault();
      this.field.focus({ preventScroll: true });
      hideMenus();
      surface.setPointerCapture(event.pointerId);
      this.pointer(event);
    });
    this.on(surface, "pointermove", (event) => this.pointer(event));
    this.on(surface, "pointerup", (event) => this.pointer(event));
    this.on(surface, "pointercancel", () => this.releaseAll());
    this.on(surface, "mousedown", (event) => event.preventDefault());
    this.on(surface, "contextmenu", (event) => event.preventDefault());
    this.on(surface, "auxclick", (event) => event.preventDefault());
    surface.addEventListener("wheel", (event) => this.turned(event), {
      passive: false,
      signal: this.stop.signal,
    });
  }

  private keyDown(event: KeyboardEvent): void {
    const local = localShortcut(event);
    if (local === null) {
      if (this.keyboard.down(strokeOf(event))) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (local === "leave") {
      this.releaseAll();
      this.field.blur();
      showMenus();
    } else if (local === "ctrl-alt-del") {
      this.keyboard.releaseAll();
      this.session.sendInput({ kind: "special", combination: "ctrl-alt-del" });
    } else {
      void toggleFullScreen();
    }
  }

  private fieldChanged(event: Event): void {
    if (!isInput(event)) return;
    if (event.inputType === "insertText" && !event.isComposing && event.data !== null)
      this.keyboard.inserted(event.data);
    if (this.keyboard.composing === null && this.field.value.length > FIELD_MAX_LENGTH) this.field.value = "";
  }

  private pointer(event: PointerEvent): void {
    const rect = this.surface.getBoundingClientRect();
    const { at, inside } = toPicture({ x: event.clientX, y: event.clientY }, rect, this.picture);
    const changes = this.buttons.change(event.buttons, at, inside);
    if (changes.length > 0) {
      this.keyboard.commit();
      this.keyboard.syncShift();
    }
    for (const change of changes) this.session.sendInput(change);
    if (changes.length === 0 && (inside || this.buttons.any)) this.session.movePointer(at);
  }

  private turned(event: WheelEvent): void {
    event.preventDefault();
    const rect = this.surface.getBoundingClientRect();
    const { at, inside } = toPicture({ x: event.clientX, y: event.clientY }, rect, this.picture);
    if (!inside) return;
    const native = (name: string) => {
      const value: unknown = Reflect.get(event, name);
      return typeof value === "number" ? value : undefined;
    };
    const turn = this.wheel.turn({
      deltaX: event.deltaX,
      deltaY: event.deltaY,
      deltaMode: event.deltaMode,
      wheelDeltaX: native("wheelDeltaX"),
      wheelDeltaY: native("wheelDeltaY"),
    });
    if (turn === null) return;
    this.keyboard.syncShift();
    this.session.sendInput({ kind: "wheel", ...turn, at });
  }

  /** The IME gives up its syllable when the field loses the focus; the text has been sent already. */
  private dropComposition(): void {
    this.field.value = "";
    if (this.field.ownerDocument.activeElement !== this.field) return;
    this.ownBlur = true;
    this.field.blur();
    this.field.value = "";
    this.field.focus({ preventScroll: true });
    this.ownBlur = false;
    this.showComposing();
  }

  private ownBlur = false;

  private releaseAll(): void {
    if (this.ownBlur) return;
    this.buttons.clear();
    this.keyboard.releaseAll();
    this.showComposing();
  }

  private showComposing(): void {
    this.onComposing(this.keyboard.composing ?? "");
  }

  private on<K extends keyof HTMLElementEventMap>(
    target: HTMLElement,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void {
    target.addEventListener(type, listener, { signal: this.stop.signal });
  }
}

/** Whether the operator writes something else, to the customer or into the record: that must not end up in their programs. */
function isWriting({ activeElement }: Document): boolean {
  return activeElement !== null && ["INPUT", "TEXTAREA"].includes(activeElement.tagName);
}

/** Each window has classes of its own, so that `instanceof` tells nothing of an event in another one. */
function isInput(event: Event): event is InputEvent {
  return "inputType" in event;
}

function strokeOf(event: KeyboardEvent): Stroke {
  const { code, key, keyCode, ctrlKey, altKey, metaKey, isComposing, repeat } = event;
  return {
    code,
    key,
    keyCode,
    ctrlKey,
    altKey,
    metaKey,
    isComposing,
    repeat,
    altGraph: event.getModifierState("AltGraph"),
  };
}
