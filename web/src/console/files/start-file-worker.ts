import type { LastNews, LastOrder, News, Order } from "./file-work";
import workerUrl from "./file-worker?worker&url";

/** The worker of one session's files. */
export type FileWorker = { order(order: Order): void; close(): void };

let policy: { createScriptURL(input: string): string } | undefined;

/** What is dropped at the end is deleted in less, unless the disk hangs. */
const END_MAX_MS = 5_000;

/** Starts it; the pages' Content-Security-Policy takes a worker's address from a policy alone. */
export function startFileWorker(tell: (news: News) => void): FileWorker {
  policy ??= window.trustedTypes?.createPolicy("beside-file-worker", { createScriptURL: () => workerUrl });
  const worker = new Worker(policy?.createScriptURL("") ?? workerUrl, { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<News | LastNews>) => {
    if (data.kind === "ended") worker.terminate();
    else tell(data);
  };
  return {
    order: (order) => {
      // Blocks that are written are handed over and not copied.
      if (order.kind === "bytes")
        worker.postMessage(
          order,
          order.pieces.map(({ buffer }) => buffer),
        );
      else worker.postMessage(order);
    },
    // Orders are obeyed in turn: half-written files are gone when this one is answered.
    close: () => {
      worker.postMessage({ kind: "end" } satisfies LastOrder);
      setTimeout(() => worker.terminate(), END_MAX_MS);
    },
  };
}
