type After = (delay_ms: number, task: () => void) => () => void;

/** Whoever presses a button that was not there a moment ago meant something else. */
export const READY_AFTER_MS = 500;

/** `waits`: another question stands in its place. `ready`: it has stood for a moment, so that a press upon it was meant for it. */
export type Turn = "waits" | "shown" | "ready";

type Waiting = { readonly became: (turn: Turn) => void };

/**
 * Whose question stands on the page: one at a time and in one place, so that no console moves an Allow that can be pressed under a
 * pointer that was on its way to something else.
 */
export class Turns {
  private readonly waiting: Waiting[] = [];
  private forget: (() => void) | null = null;

  constructor(private readonly after: After) {}

  /** A question comes; `became` is told how it stands, from now on. Returns how it leaves. */
  take(became: (turn: Turn) => void): () => void {
    const it = { became };
    this.waiting.push(it);
    if (this.waiting[0] === it) this.show();
    else became("waits");
    return () => this.leave(it);
  }

  /** What is seen there is another, or elsewhere: it has to stand for its moment anew. */
  anew(): void {
    if (this.waiting.length > 0) this.show();
  }

  private leave(it: Waiting): void {
    const at = this.waiting.indexOf(it);
    if (at < 0) return;
    this.waiting.splice(at, 1);
    if (at > 0) return;
    this.forget?.();
    this.show();
  }

  private show(): void {
    const [first] = this.waiting;
    this.forget?.();
    if (first === undefined) return;
    this.forget = this.after(READY_AFTER_MS, () => first.became("ready"));
    first.became("shown");
  }
}
