import type { ChosenScreen, ScreenPort, ScreenUser } from "./operator-screen";
import type { ScreenNews, ScreenOrder } from "./screen-work";
import workerUrl from "./screen-worker?worker&url";

declare global {
  /** W3C MediaStreamTrack Insertable Media Processing: pictures go on being told while the page is covered by what it shows. */
  var MediaStreamTrackProcessor:
    | (new (init: {
        readonly track: MediaStreamTrack;
        readonly maxBufferSize?: number;
      }) => { readonly readable: ReadableStream<VideoFrame> })
    | undefined;
}

/** Pictures each second that the browser makes at most. */
const FRAME_RATE_MAX = { packets: 10, video: 30 } as const;

let policy: { createScriptURL(input: string): string } | undefined;

/** The browser asks which screen, window or tab; what is chosen goes to the app through a worker. */
export const browserScreen: ScreenPort = {
  choose: async (user, way) => {
    const Processor = way === "packets" ? globalThis.MediaStreamTrackProcessor : null;
    if (Processor === undefined || navigator.mediaDevices?.getDisplayMedia === undefined) throw "unsupported";
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { max: FRAME_RATE_MAX[way] } },
      audio: false,
    });
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw "blocked";
    if (Processor === null) return show(track, user);
    // The newest picture waits, and no other.
    try {
      return send(track, new Processor({ track, maxBufferSize: 1 }).readable, user);
    } catch (problem) {
      track.stop();
      throw problem;
    }
  },
};

/** To a customer in a browser: the connection carries the track itself. */
function show(track: MediaStreamTrack, user: ScreenUser): ChosenScreen {
  // Text and windows: sharp pictures before many pictures.
  track.contentHint = "detail";
  track.onended = () => user.lost();
  return {
    begin: () => user.show(track),
    hold: () => user.show(null),
    shown: () => {},
    close: () => {
      track.onended = null;
      user.show(null);
      track.stop();
    },
  };
}

function send(track: MediaStreamTrack, frames: ReadableStream<VideoFrame>, user: ScreenUser): ChosenScreen {
  policy ??= window.trustedTypes?.createPolicy("beside-screen-worker", { createScriptURL: () => workerUrl });
  const worker = new Worker(policy?.createScriptURL("") ?? workerUrl, { type: "module" });
  const order = (order: ScreenOrder, transfer: Transferable[] = []) => worker.postMessage(order, transfer);
  worker.onmessage = ({ data }: MessageEvent<ScreenNews>) => {
    if (data.kind === "failed") user.failed();
    else for (const packet of data.packets) user.packet(packet);
  };
  worker.onerror = () => user.failed();
  // The browser's own "Stop sharing", or the window that was shown is gone.
  track.onended = () => user.lost();
  order({ kind: "open", frames }, [frames]);
  return {
    begin: (fromEpoch) => order({ kind: "begin", fromEpoch }),
    hold: () => order({ kind: "hold" }),
    shown: (epoch, update) => order({ kind: "shown", epoch, update }),
    close: () => {
      track.onended = null;
      track.stop();
      worker.terminate();
    },
  };
}
