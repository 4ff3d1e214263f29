// The operator's own Korean IME, as Chromium tells its page of one: keys that are "processing", a composition that grows
// jamo by jamo and shrinks with Backspace, and a commit. The real one lives outside of the browser; these are its calls.
import type { CDPSession, Page } from "@playwright/test";

/** 12 keys a second (Y-4), in ms. */
const PACE_MS = 1000 / 12;
/** What `keydown` says of a key that an IME has taken. */
const PROCESSING = 229;

const HANGUL = /[\u3131-\u318e\uac00-\ud7a3]/;
/** Jamo that are typed with Shift; those in which a syllable ends look alike, and are others. */
const SHIFTED = "ㄲㄸㅃㅆㅉ\u1101\u1104\u1108\u110a\u110d\u11a9\u11bb";

/** The consonants in which a syllable begins, in Unicode's order, from U+1100 on. */
const BEGINNINGS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST_BEGINNING = 0x1100;

export class Ime {
  private due_ms = Date.now();
  private composition = "";

  constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  /** Types Korean and everything else. In each syllable a jamo is mistyped and taken back, now and then all of it. */
  async type(text: string): Promise<void> {
    for (const [index, sign] of [...text].entries()) {
      if (!HANGUL.test(sign)) {
        await this.ends(sign === " " ? "Space" : sign);
        await this.pace();
        await this.page.keyboard.press(sign === " " ? "Space" : sign);
        continue;
      }
      const states = sign.normalize("NFD").split("").map((jamo, at, jamos) => ({ jamo, composed: jamos.slice(0, at + 1).join("").normalize("NFC") }));
      if (index % 4 === 0) {
        await this.jamo("ㅁ", "ㅁ");
        await this.backspace("");
      }
      for (const { jamo, composed } of states) {
        await this.jamo(jamo, compatible(composed));
        // Half a syllable takes another jamo, which is not the one meant.
        if (/[\uac00-\ud7a3]/.test(composed) && composed !== sign) {
          const wrong = `${composed}\u11a8`.normalize("NFC");
          if (wrong.length === 1) {
            await this.jamo("ㄱ", wrong);
            await this.backspace(composed);
          }
        }
      }
    }
  }

  /** Enter ends the syllable, and Chromium reports it twice: taken by the IME, and again as itself. */
  async enter(): Promise<void> {
    await this.ends("Enter");
    await this.pace();
    await this.page.keyboard.press("Enter");
  }

  private async jamo(jamo: string, composing: string): Promise<void> {
    await this.pace();
    const shifted = SHIFTED.includes(jamo);
    if (shifted) await this.page.keyboard.down("Shift");
    await this.processed("KeyA", async () => {
      // A syllable that takes no more stands, and another one begins.
      if (this.composition !== "" && !continues(this.composition, composing)) await this.commit();
      await this.compose(composing);
    });
    if (shifted) await this.page.keyboard.up("Shift");
  }

  private async backspace(composing: string): Promise<void> {
    await this.pace();
    await this.processed("Backspace", () => this.compose(composing));
  }

  /** A key that belongs to no syllable ends the one before it; it is reported as itself next, before it goes up. */
  private async ends(code: string): Promise<void> {
    if (this.composition === "") return;
    await this.devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...taken(code) });
    await this.commit();
  }

  private async compose(text: string): Promise<void> {
    this.composition = text;
    await this.devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }

  private async commit(): Promise<void> {
    const text = this.composition;
    this.composition = "";
    await this.devtools.send("Input.insertText", { text });
  }

  private async processed(code: string, effect: () => Promise<void>): Promise<void> {
    await this.devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...taken(code) });
    await effect();
    await this.devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...taken(code) });
  }

  private async pace(): Promise<void> {
    this.due_ms = Math.max(Date.now(), this.due_ms + PACE_MS);
    await this.page.waitForTimeout(Math.max(0, this.due_ms - Date.now()));
  }
}

function taken(code: string): { code: string; key: string; windowsVirtualKeyCode: number } {
  return { code, key: "Process", windowsVirtualKeyCode: PROCESSING };
}

/** A lone jamo as an IME shows it: a letter of its own, not the beginning of a syllable. */
function compatible(composed: string): string {
  const index = (composed.codePointAt(0) ?? 0) - FIRST_BEGINNING;
  return BEGINNINGS[index] ?? composed;
}

/** Whether a jamo made one composition of the other, rather than beginning anew. */
function continues(before: string, after: string): boolean {
  const [one, two] = [before, after].map(decomposed);
  return one !== undefined && two !== undefined && two.startsWith(one) && one !== two;
}

function decomposed(text: string): string {
  const index = BEGINNINGS.indexOf(text);
  return index < 0 ? text.normalize("NFD") : String.fromCodePoint(FIRST_BEGINNING + index);
}
