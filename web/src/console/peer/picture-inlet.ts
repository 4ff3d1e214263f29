import type { PictureChannel } from "./peer";
import type { Handover, Heard } from "./picture-worker";
import workerUrl from "./picture-worker?worker&url";

declare global {
  interface Window {
    /** W3C Trusted Types; what a policy makes stands for the string where a script's address is asked for. */
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL: () => string },
      ): { createScriptURL(input: string): string };
    };
  }
}

/** A worker that does not run by then never will: channels are heard in the page. */
const WORKER_MAX_MS = 1_000;

let worker: Worker | null = null;
let ready = false;
let settled = true;
const waiting: (() => void)[] = [];

/** Starts the worker that picture channels are handed to; for the console to call when its page opens. */
export function startPictureWorker(): void {
  if (worker !== null || typeof Worker === "undefined" || typeof BroadcastChannel === "undefined") return;
  // The pages' Content-Security-Policy takes a worker's address from a policy alone; this one knows a single file.
  const policy = window.trustedTypes?.createPolicy("beside-picture-worker", {
    createScriptURL: () => workerUrl,
  });
  worker = new Worker(policy?.createScriptURL("") ?? workerUrl, { type: "module" });
  settled = false;
  worker.onmessage = () => {
    ready = true;
    settle();
  };
  setTimeout(settle, WORKER_MAX_MS);
}

/** The worker; null where there is none, or it did not run in time. */
export function pictureWorker(): Worker | null {
  return settled && !ready ? null : worker;
}

/** Runs `make` once it is known who hears the channels that it makes. */
export function whenHeard(make: () => void): void {
  if (settled) make();
  else waiting.push(make);
}

function settle(): void {
  settled = true;
  for (const make of waiting.splice(0)) make();
}

/**
 * Hears the channels of the picture without waiting behind the page's own work.
 *
 * After a click Chromium puts off nearly everything that comes to a page until the page's next frame (its feature
 * "DeferRendererTasksAfterInput"): the picture that a click brings about came 4 ms after it and was seen a whole
 * display interval late (measured: p50 28 ms instead of 14). Messages of a broadcast channel are not put off, those of
 * data channels, message ports and WebSockets are. So the channels go to a worker, which hands their messages on by a
 * broadcast channel with a name of its own. A browser that cannot hand over a data channel hears it in the page.
 */
export class PictureInlet {
  private readonly name = crypto.randomUUID();
  private broadcast: BroadcastChannel | null = null;
  private hear: (label: PictureChannel, bytes: ArrayBuffer) => void = () => {};

  /** Called with each message; to be set before the channels open. */
  onPacket(hear: (label: PictureChannel, bytes: ArrayBuffer) => void): void {
    this.hear = hear;
  }

  /** Takes a channel that was made in this task: later it could not be handed over any more. */
  take(label: PictureChannel, channel: RTCDataChannel): void {
    if (this.handOver(label, channel)) return;
    channel.binaryType = "arraybuffer";
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) this.hear(label, event.data);
    };
  }

  close(): void {
    this.broadcast?.close();
    this.broadcast = null;
  }

  private handOver(label: PictureChannel, channel: RTCDataChannel): boolean {
    if (worker === null || !ready) return false;
    const handover: Handover = { label, channel, name: this.name };
    try {
      worker.postMessage(handover, [channel]);
    } catch {
      return false;
    }
    this.broadcast ??= this.listen();
    return true;
  }

  private listen(): BroadcastChannel {
    const broadcast = new BroadcastChannel(this.name);
    broadcast.onmessage = ({ data }: MessageEvent<Heard>) => this.hear(data.label, data.bytes);
    return broadcast;
  }
}
