import type { Clipboard, Pasted } from "../clipboard/clipboard";
import { readOwnIfGranted, takenFrom } from "../clipboard/own-clipboard";
import type { InputEvent as CustomerInput } from "../input/input-event";
import { Keyboard } from "../input/keyboard";
import { localShortcut } from "../input/local-shortcut";
import { type PictureSize, PointerButtons, toPicture } from "../input/pointer";
import type { Stroke } from "../input/stroke";
import { WheelCounter } from "../input/wheel";
import type { Session } from "../session/session";
import { hideMenus, showMenus, toggleFullScreen } from "../toolbar/full-screen";

/** The field keeps what was typed until it is this long: emptying it while the IME is at work would disturb it. */
const FIELD_MAX_LENGTH = 200;

/** The browser's paste follows its key at once, or there is none. */
const PASTE_COMES_MS = 60;
/** What is typed while a paste is on its way; more is not typed by a person. */
const WAITING_MAX = 500;
const PASTES = [
  ["ControlLeft", true],
  ["KeyV", true],
  ["KeyV", false],
  ["ControlLeft", false],
] as const;

/** What the events go to. */
export type BoundSession = Pick<Session, "sendInput" | "movePointer" | "keyboardWishes"> & {
  readonly clipboard: Pick<Clipboard, "paste" | "mayHaveCopied" | "retry">;
  /** Whether what is copied here may be put on the customer's clipboard [S-11]. */
  mayPaste(): boolean;
};

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
      emit: (event) => this.send(event),
      dropComposition: () => this.dropComposition(),
    });
    this.listenToKeys();
    this.listenToPointer();
    this.listenToClipboard();
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
      if (isPaste(event) && this.session.mayPaste()) this.awaitPaste(event);
      else if (this.keyboard.down(strokeOf(event))) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (local === "leave") {
      this.releaseAll();
      this.field.blur();
      showMenus();
    } else if (local === "ctrl-alt-del") {
      this.keyboard.releaseAll();
      this.send({ kind: "special", combination: "ctrl-alt-del" });
    } else {
      void toggleFullScreen();
    }
  }

  private listenToClipboard(): void {
    const { signal } = this.stop;
    this.on(this.field, "paste", (event) => this.pasted(event));
    const copied = () => this.session.clipboard.mayHaveCopied();
    for (const name of ["copy", "cut"] as const) document.addEventListener(name, copied, { signal });
    const back = () => {
      copied();
      this.session.clipboard.retry();
      // Where the browser has granted it, what was copied elsewhere is there before it is pasted by a menu of the customer's.
      if (this.session.mayPaste()) void readOwnIfGranted().then((own) => this.session.clipboard.paste(own));
    };
    window.addEventListener("focus", back, { signal });
  }

  /** What is copied here goes first: the browser's paste follows, and the customer's key waits for it. */
  private awaitPaste(event: KeyboardEvent): void {
    if (event.repeat || this.waits !== null) {
      event.preventDefault();
      return;
    }
    const stroke = strokeOf(event);
    this.waits = { stroke, events: [] };
    // A clipboard with nothing in it is not pasted.
    const { waits } = this;
    setTimeout(() => {
      if (this.waits === waits && !waits.pastes) this.goOn(true);
    }, PASTE_COMES_MS);
  }

  private pasted(event: ClipboardEvent): void {
    event.preventDefault();
    const { waits } = this;
    if (waits === null) return;
    waits.pastes = true;
    const over = (may: boolean) => {
      if (this.waits === waits) this.goOn(may);
    };
    void takenFrom(event.clipboardData)
      .then(async (own) => {
        // Files take their time, and are pasted when they have come.
        if (own.kind === "files" && this.waits === waits) this.goOn(null, own);
        else over(await this.session.clipboard.paste(own));
      })
      .catch(() => over(false));
  }

  /** The customer's key may be pressed now (`null`: once the files are there), and what came after it follows. */
  private goOn(may: boolean | null, files?: Pasted): void {
    const { waits } = this;
    if (waits === null) return;
    this.waits = null;
    if (may === true) this.keyboard.tapShortcut(waits.stroke);
    for (const event of waits.events) this.session.sendInput(event);
    if (files === undefined) return;
    void this.session.clipboard.paste(files).then((there) => {
      if (!there || this.stop.signal.aborted) return;
      // They were there already: Ctrl may be up again by now.
      for (const [code, pressed] of PASTES) this.send({ kind: "key", code, pressed });
    });
  }

  private waits: { stroke: Stroke; events: CustomerInput[]; pastes?: boolean } | null = null;

  /** In the order in which it came, behind a paste that is on its way. */
  private send(event: CustomerInput): void {
    if (this.waits === null) this.session.sendInput(event);
    else if (this.waits.events.length < WAITING_MAX) this.waits.events.push(event);
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
    for (const change of changes) this.send(change);
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
    this.send({ kind: "wheel", ...turn, at });
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

/** Ctrl + V, also with Shift as terminals have it. */
function isPaste(event: KeyboardEvent): boolean {
  const { ctrlKey, altKey, metaKey, code, key } = event;
  return ctrlKey && !altKey && !metaKey && (key.toLowerCase() === "v" || code === "KeyV");
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
