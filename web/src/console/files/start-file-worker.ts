import type { News, Order } from "./file-work";
import workerUrl from "./file-worker?worker&url";

/** The worker of one session's files. */
export type FileWorker = { order(order: Order): void; close(): void };

let policy: { createScriptURL(input: string): string } | undefined;

/** Starts it; the pages' Content-Security-Policy takes a worker's address from a policy alone. */
export function startFileWorker(tell: (news: News) => void): FileWorker {
  policy ??= window.trustedTypes?.createPolicy("beside-file-worker", { createScriptURL: () => workerUrl });
  const worker = new Worker(policy?.createScriptURL("") ?? workerUrl, { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<News>) => tell(data);
  return {
    order: (order) => {
      // Blocks that are written are handed over and not copied.
      if (order.kind === "bytes") worker.postMessage(order, [order.bytes.buffer]);
      else worker.postMessage(order);
    },
    close: () => worker.terminate(),
  };
}
