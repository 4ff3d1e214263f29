import type { EncodedUpdate } from "./screen-encoder";
import { ScreenPace } from "./screen-pace";

/** The longer side of what is sent, in pixels, as `limits::OPERATOR_SCREEN_SIDE_PX`: a larger screen is made smaller. */
export const SIDE_MAX_PX = 2_560;

/** What is seen now; drawn once, it can be read again. */
export type Drawn = { readonly width: number; readonly height: number; rgba(): Uint8ClampedArray };

export type ScreenSourcePort = {
  /** The next picture, drawn; null: there will be none. Called once at a time, and not before the one before was used. */
  next(): Promise<Drawn | null>;
  readonly encoder: {
    begin(epoch: number, width: number, height: number): void;
    take(rgba: Uint8ClampedArray): void;
    encode(target_bytes: number): EncodedUpdate | null;
    readonly hasRest: boolean;
  };
  send(update: EncodedUpdate): void;
  after(delay_ms: number, task: () => void): void;
  now(): number;
};

/** The size at which a picture is sent. */
export function sentSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SIDE_MAX_PX / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.floor(length * scale));
  return { width: side(width), height: side(height) };
}

/** Takes pictures of the operator's screen as fast as the customer sees them, while it is on. */
export class ScreenSource {
  private readonly pace = new ScreenPace();
  private on = false;
  private epoch = 0;
  private drawn: Drawn | null = null;
  /** What was drawn last has not been sent. */
  private isNew = false;
  /** The size of the epoch that runs; null: the next picture begins one. */
  private size: { width: number; height: number } | null = null;
  private go: (() => void) | null = null;

  constructor(private readonly port: ScreenSourcePort) {}

  /** Takes pictures until there are no more. Rejects where one cannot be encoded. */
  async run(): Promise<void> {
    for (;;) {
      await this.turn();
      const drawn = await this.port.next();
      if (drawn === null) return;
      this.drawn = drawn;
      this.isNew = true;
      // It was held meanwhile: what was drawn is there when it goes on.
      if (this.on && this.pace.isFree) this.sendPicture(drawn);
    }
  }

  /** From now on pictures are sent, in epochs of at least this number. */
  begin(fromEpoch: number): void {
    this.on = true;
    this.epoch = Math.max(this.epoch + 1, fromEpoch);
    this.size = null;
    this.pace.begin();
    // A screen that stands still gives no other.
    if (this.drawn !== null) this.sendPicture(this.drawn);
    this.wake();
  }

  /** Nothing is sent until it begins again. */
  hold(): void {
    this.on = false;
    this.size = null;
  }

  shown(epoch: number, update: number): void {
    if (this.last?.epoch !== epoch || this.last.update !== update) return;
    this.pace.shown(this.port.now());
    if (this.on && this.size !== null && this.port.encoder.hasRest) this.sendNext();
    // It came while another was on its way; a screen that stands still gives no other.
    else if (this.on && this.isNew && this.drawn !== null) this.sendPicture(this.drawn);
    this.wake();
  }

  private last: { readonly epoch: number; readonly update: number } | null = null;

  private sendPicture(drawn: Drawn): void {
    this.isNew = false;
    const { width, height } = drawn;
    if (this.size === null || this.size.width !== width || this.size.height !== height) {
      if (this.size !== null) this.epoch += 1;
      this.port.encoder.begin(this.epoch, width, height);
      this.size = { width, height };
    }
    this.port.encoder.take(drawn.rgba());
    this.sendNext();
  }

  private sendNext(): void {
    const update = this.port.encoder.encode(this.pace.target_bytes);
    if (update === null) return;
    this.last = { epoch: update.epoch, update: update.update };
    this.pace.sent(this.port.now());
    this.port.send(update);
  }

  /** Resolves when the next picture may be taken. */
  private async turn(): Promise<void> {
    while (!this.on || !this.pace.isFree) await new Promise<void>((resolve) => (this.go = resolve));
    const left_ms = this.pace.left_ms(this.port.now());
    if (left_ms > 0) await new Promise<void>((resolve) => this.port.after(left_ms, resolve));
  }

  private wake(): void {
    if (!this.on || !this.pace.isFree) return;
    this.go?.();
    this.go = null;
  }
}
