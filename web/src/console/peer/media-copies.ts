import { readAv1Sequence } from "../../shared/recording/av1-sequence";

/** What the page wants of a line: copies, no copies, or a picture that stands by itself. */
export type MediaWish = "copies" | "none" | "key";

/** A copy of what a line carries, as it is on the wire: an encoded picture, or a packet of sound. */
export type MediaCopy = {
  /** As in SDP, in lower case: "video/av1". */
  readonly type: string;
  /** It stands by itself. */
  readonly key: boolean;
  readonly rtpTime: number;
  /** Of a picture, as far as it is known; else 0. */
  readonly width: number;
  readonly height: number;
  readonly data: ArrayBuffer;
};

/** What the page hands over with a line: where wishes come from and copies go to. */
export type MediaOptions = { readonly port: MessagePort };

/** An encoded picture or packet. Source: W3C WebRTC Encoded Transform, sections 6 and 7. */
type Encoded = {
  readonly type?: string;
  readonly timestamp?: number;
  readonly data: ArrayBuffer;
  getMetadata(): {
    readonly mimeType?: string;
    readonly rtpTimestamp?: number;
    readonly width?: number;
    readonly height?: number;
  };
};

/** One end of a line, in a worker. */
export type MediaLineEnd = {
  readonly options: MediaOptions;
  readonly readable: ReadableStream<Encoded>;
  readonly writable: WritableStream<Encoded>;
  sendKeyFrameRequest(): Promise<unknown>;
};

/** Passes on all that a line carries, and copies it for the page while that is wanted. */
export function passOn(line: MediaLineEnd): void {
  const { port } = line.options;
  let wanted = false;
  let size = { width: 0, height: 0 };
  port.onmessage = ({ data }: MessageEvent<MediaWish>) => {
    if (data === "key") line.sendKeyFrameRequest().catch(() => {});
    else wanted = data === "copies";
  };
  const copying = new TransformStream<Encoded, Encoded>({
    transform(encoded, out) {
      if (wanted) {
        const copy = copyOf(encoded, size);
        size = copy;
        port.postMessage(copy, [copy.data]);
      }
      out.enqueue(encoded);
    },
  });
  // It ends with the connection, which needs no more of it.
  line.readable
    .pipeThrough(copying)
    .pipeTo(line.writable)
    .catch(() => {});
}

/** `before`: of the last picture; one that does not stand by itself is of the same size. */
function copyOf(encoded: Encoded, before: { readonly width: number; readonly height: number }): MediaCopy {
  const meta = encoded.getMetadata();
  const type = (meta.mimeType ?? "").toLowerCase();
  const key = encoded.type === "key";
  const data = encoded.data.slice(0);
  const told = { width: meta.width ?? 0, height: meta.height ?? 0 };
  const size = key && type === "video/av1" ? (readAv1Sequence(new Uint8Array(data)) ?? told) : told;
  const { width, height } = key && size.width > 0 ? size : before;
  return { type, key, rtpTime: meta.rtpTimestamp ?? encoded.timestamp ?? 0, width, height, data };
}
