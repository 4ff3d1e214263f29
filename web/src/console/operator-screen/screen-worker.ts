import { ScreenEncoder } from "./screen-encoder";
import { type Drawn, ScreenSource, sentSize } from "./screen-source";
import type { ScreenNews, ScreenOrder } from "./screen-work";

/** Where the server serves the encoder. */
const MODULE_URL = "/tiles-encoder.wasm";

let source: ScreenSource | null = null;
/** Orders that came while the encoder was loaded; of one kind the last counts. */
let early: ScreenOrder[] = [];

addEventListener("message", ({ data }: MessageEvent<ScreenOrder>) => {
  if (data.kind === "open") open(data.frames).catch(() => tell({ kind: "failed" }));
  else if (source === null) early.push(data);
  else obey(source, data);
});

async function open(frames: ReadableStream<VideoFrame>): Promise<void> {
  const encoder = new ScreenEncoder(await WebAssembly.compileStreaming(fetch(MODULE_URL)));
  const reader = frames.getReader();
  const drawing = new Drawing();
  const made = new ScreenSource({
    next: async () => {
      const { value, done } = await reader.read();
      return done ? null : drawing.draw(value);
    },
    encoder,
    send: ({ packets }) => tell({ kind: "packets", packets }, [...packets]),
    after: (delay_ms, task) => void setTimeout(task, delay_ms),
    now: () => performance.now(),
  });
  source = made;
  for (const order of early) obey(made, order);
  early = [];
  await made.run();
}

function obey(source: ScreenSource, order: ScreenOrder): void {
  try {
    if (order.kind === "begin") source.begin(order.fromEpoch);
    if (order.kind === "hold") source.hold();
    if (order.kind === "shown") source.shown(order.epoch, order.update);
  } catch {
    tell({ kind: "failed" });
  }
}

/** The newest picture, on a canvas that keeps it. */
class Drawing {
  private readonly canvas = new OffscreenCanvas(1, 1);
  private readonly context = this.canvas.getContext("2d", { willReadFrequently: true, alpha: false });

  draw(frame: VideoFrame): Drawn {
    const { canvas, context } = this;
    const { width, height } = sentSize(frame.displayWidth, frame.displayHeight);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context?.drawImage(frame, 0, 0, width, height);
    frame.close();
    const rgba = () => {
      if (context === null) throw new TypeError("no canvas");
      return context.getImageData(0, 0, width, height).data;
    };
    return { width, height, rgba };
  }
}

function tell(news: ScreenNews, transfer: Transferable[] = []): void {
  postMessage(news, { transfer });
}
