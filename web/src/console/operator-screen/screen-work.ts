/** What the page asks of the worker that sends its screen. */
export type ScreenOrder =
  | { readonly kind: "open"; readonly frames: ReadableStream<VideoFrame> }
  | { readonly kind: "begin"; readonly fromEpoch: number }
  | { readonly kind: "hold" }
  | { readonly kind: "shown"; readonly epoch: number; readonly update: number };

/** What the worker tells: packets to be sent, or that there will be none. */
export type ScreenNews =
  | { readonly kind: "packets"; readonly packets: readonly ArrayBuffer[] }
  | { readonly kind: "failed" };
