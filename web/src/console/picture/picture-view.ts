import { Composition } from "../../shared/picture/composition";
import { type ExactPicture, PictureDecoder, type Progress } from "../../shared/picture/decoder";
import { loadModule } from "../../shared/picture/module";
import type { VideoPicture } from "../../shared/picture/motion";
import { Surface } from "../../shared/picture/surface";
import { SenderBudget } from "./sender-budget";
import type { Still } from "./still";

/** What `PictureAcknowledged` of beside.v1 says. */
export type Acknowledgement = Pick<Progress, "epoch" | "update" | "exact">;

/** What is asked of the customer app, as `PictureRequest.What`. */
export type PictureWish = "new-epoch";

/** The channel on which a packet came; the decoder drops what came twice. */
export type PacketChannel = "screen" | "repeat";

/** Packets kept while the decoder loads: more than the app sends without an acknowledgement. */
const EARLY_PACKETS_MAX = 256;
/** How soon a new epoch is asked for again. */
const ASK_AGAIN_AFTER_MS = 2_000;

/**
 * The customer's picture on a canvas: packets in, acknowledgements out. Knows neither React nor the connection.
 *
 * The exact picture stays in the decoder; the canvas shows it and the video upon it (Composition).
 *
 * Decoding and acknowledging happen when a packet comes and never wait for the display: a slow or hidden page must not
 * look like a slow network.
 */
export class PictureView {
  private module: WebAssembly.Module | null = null;
  private decoder: PictureDecoder | null = null;
  private surface: Surface | null = null;
  private readonly seen = new Composition(null);
  private early: Uint8Array[] = [];
  private size = { width: 0, height: 0 };
  private exact = false;
  private readonly wanted = new Set<() => void>();
  private asking: ReturnType<typeof setTimeout> | null = null;
  private closed = false;
  /** Null: the sender has asked for too much, and nothing more is taken of it. */
  private budget: SenderBudget | null;
  private acknowledge: (done: Acknowledgement) => void = () => {};
  private tellExact: (exact: boolean) => void = () => {};
  private tellSize: (size: { width: number; height: number }) => void = () => {};
  private request: (wish: PictureWish) => void = () => {};
  private tellFault: (error: unknown) => void = () => {};
  private tellFlood: () => void = () => {};

  constructor(
    load: () => Promise<WebAssembly.Module> = loadModule,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.budget = new SenderBudget(now);
    load().then(
      (module) => this.loaded(module),
      (error: unknown) => this.tellFault(error),
    );
  }

  /** Draws on `canvas` from now on; all of what is known is drawn at once. */
  attach(canvas: HTMLCanvasElement): void {
    this.surface = new Surface(canvas);
    this.seen.drawOn(this.surface);
    const picture = this.decoder?.picture() ?? null;
    if (picture !== null) this.seen.drawAll(picture);
  }

  /** A new connection: what was drawn is void, and the next epoch counts whatever its number. */
  begin(): void {
    this.early = [];
    this.seen.forget();
    this.decoder?.reset();
    this.stopAsking();
    this.setExact(false);
  }

  /** The same, and nothing of it is left to be seen. */
  blank(): void {
    this.begin();
    this.surface?.clear();
  }

  /** A picture of the video is shown by `source`, which stays the same: it goes where its area is open. */
  onVideoPicture(picture: VideoPicture, source: CanvasImageSource): void {
    if (this.budget === null) return;
    const area = this.seen.videoCame(picture, source);
    if (area === null) return;
    // The video's own size is the sender's choice, and may be far beyond its area's.
    if (!this.budget.pay({ work_px: picture.width * picture.height, begun: false })) this.flooded();
    else this.seen.drawVideo(source, area);
  }

  /** A message of the channel "screen" or "repeat". */
  onPacket(_channel: PacketChannel, bytes: Uint8Array): void {
    if (this.closed || this.budget === null) return;
    if (this.decoder === null) {
      if (this.early.length < EARLY_PACKETS_MAX) this.early.push(bytes);
      return;
    }
    this.receive(this.decoder, bytes);
  }

  /** Called for each update that was drawn. */
  onAcknowledge(tell: (done: Acknowledgement) => void): void {
    this.acknowledge = tell;
  }

  /** Called when the picture becomes, or ceases to be, the customer's newest one by checksum (Y-3). */
  onExact(tell: (exact: boolean) => void): void {
    this.tellExact = tell;
  }

  /** Called with the size of the customer's picture, first and when it changes. */
  onSize(tell: (size: { width: number; height: number }) => void): void {
    this.tellSize = tell;
  }

  /** Called when the customer app must be asked for something. */
  onRequest(ask: (wish: PictureWish) => void): void {
    this.request = ask;
  }

  /** Called when the decoder cannot be loaded: this browser or this server is at fault. */
  onFault(tell: (error: unknown) => void): void {
    this.tellFault = tell;
  }

  /** Called when the sender asks for more work than it is granted; until `reopen` it gets none. */
  onFlood(tell: () => void): void {
    this.tellFlood = tell;
  }

  /** Takes packets again after a flood: of the next epoch, with a fresh decoder. */
  reopen(): void {
    if (this.closed || this.budget !== null) return;
    this.budget = new SenderBudget(this.now);
    if (this.module !== null) this.decoder = new PictureDecoder(this.module);
    this.begin();
  }

  /** The exact picture; null before the first. Valid until the next packet. */
  picture(): ExactPicture | null {
    return this.decoder?.picture() ?? null;
  }

  /** A copy of the picture at the moment when it is exact; after `wait_ms` as it is then. Null: there is none [F-08]. */
  still(wait_ms: number): Promise<Still | null> {
    if (this.exact || this.closed) return Promise.resolve(this.copied());
    return new Promise((resolve) => {
      const take = () => {
        clearTimeout(timer);
        this.wanted.delete(take);
        resolve(this.copied());
      };
      const timer = setTimeout(take, wait_ms);
      this.wanted.add(take);
    });
  }

  close(): void {
    this.closed = true;
    this.early = [];
    this.stopAsking();
    this.decoder = null;
    for (const take of [...this.wanted]) take();
  }

  private loaded(module: WebAssembly.Module): void {
    if (this.closed) return;
    this.module = module;
    this.decoder = new PictureDecoder(module);
    const { early } = this;
    this.early = [];
    for (const packet of early) this.onPacket("screen", packet);
  }

  private receive(decoder: PictureDecoder, bytes: Uint8Array): void {
    let progress: Progress | null = null;
    try {
      progress = decoder.receive(bytes);
    } catch (error) {
      this.failed(error);
    }
    // An instance that gave up answers nothing any more; a new one costs what an epoch does.
    const cost = decoder === this.decoder ? decoder.cost() : { work_px: 0, begun: true };
    if (this.budget?.pay(cost) === false) this.flooded();
    else if (progress !== null) this.drawn(decoder, progress);
  }

  /** Its memory goes too; what was drawn last stays on the canvas. */
  private flooded(): void {
    this.budget = null;
    this.decoder = null;
    this.seen.forget();
    this.stopAsking();
    this.setExact(false);
    this.tellFlood();
  }

  private drawn(decoder: PictureDecoder, progress: Progress): void {
    const picture = decoder.picture();
    if (picture === null) return;
    if (picture.width !== this.size.width || picture.height !== this.size.height) {
      this.size = sizeOf(picture);
      this.tellSize(this.size);
    }
    this.seen.updated(decoder, picture);
    const { epoch, update, exact, mismatch } = progress;
    this.acknowledge({ epoch, update, exact });
    this.setExact(exact);
    if (mismatch) this.ask();
    else this.stopAsking();
  }

  /** The packet was refused, or WebAssembly itself gave up: then the instance is worth nothing any more. */
  private failed(error: unknown): void {
    if (error instanceof WebAssembly.RuntimeError && this.module !== null)
      this.decoder = new PictureDecoder(this.module);
    this.setExact(false);
    this.ask();
  }

  /** Asks for a new epoch, and again until an update of one was drawn. */
  private ask(): void {
    if (this.asking !== null || this.closed) return;
    this.request("new-epoch");
    this.asking = setTimeout(() => {
      this.asking = null;
      this.ask();
    }, ASK_AGAIN_AFTER_MS);
  }

  private stopAsking(): void {
    if (this.asking !== null) clearTimeout(this.asking);
    this.asking = null;
  }

  private setExact(exact: boolean): void {
    if (this.exact === exact) return;
    this.exact = exact;
    this.tellExact(exact);
    // Before the next packet changes it.
    if (exact) for (const take of [...this.wanted]) take();
  }

  private copied(): Still | null {
    const picture = this.decoder?.picture() ?? null;
    const canvas = picture === null ? null : (this.surface?.copy(picture, this.seen.openAreas) ?? null);
    if (canvas === null) return null;
    if (this.seen.openAreas.length > 0) return { canvas, truth: "moving" };
    return { canvas, truth: this.exact ? "exact" : "late" };
  }
}

function sizeOf({ width, height }: ExactPicture): { width: number; height: number } {
  return { width, height };
}
