import type { PictureChannel } from "./peer";

/** What the page hands over: a channel of the picture, and the name under which the page hears its messages. */
export type Handover = {
  readonly label: PictureChannel;
  readonly channel: RTCDataChannel;
  readonly name: string;
};

/** One message of a picture channel, as the page hears it. */
export type Heard = { readonly label: PictureChannel; readonly bytes: ArrayBuffer };

addEventListener("message", ({ data }: MessageEvent<Handover>) => {
  const { label, channel, name } = data;
  const page = new BroadcastChannel(name);
  channel.binaryType = "arraybuffer";
  channel.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) page.postMessage({ label, bytes: event.data } satisfies Heard);
  };
  channel.onclose = () => page.close();
});

/** An encoded picture of the video, as the page hears it. */
export type TappedFrame = {
  readonly mimeType: string;
  readonly key: boolean;
  readonly rtpTime: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: ArrayBuffer;
};

/** W3C, WebRTC Encoded Transform: what the page's types do not have, since it is a worker's. */
type TransformEvent = Event & {
  readonly transformer: {
    readonly readable: ReadableStream<RTCEncodedVideoFrame>;
    readonly writable: WritableStream<RTCEncodedVideoFrame>;
    readonly options: { readonly port: MessagePort };
  };
};

// A recording keeps the video as it came; on its way to the decoder it is only looked at.
addEventListener("rtctransform", (event) => {
  const { readable, writable, options } = (event as TransformEvent).transformer;
  const tap = new TransformStream<RTCEncodedVideoFrame, RTCEncodedVideoFrame>({
    transform(frame, controller) {
      const { mimeType = "", rtpTimestamp = 0, width = 0, height = 0 } = frame.getMetadata();
      const bytes = frame.data.slice(0);
      const told: TappedFrame = {
        mimeType,
        key: frame.type === "key",
        rtpTime: rtpTimestamp,
        width,
        height,
        bytes,
      };
      options.port.postMessage(told, [bytes]);
      controller.enqueue(frame);
    },
  });
  void readable.pipeThrough(tap).pipeTo(writable);
});

// The page hands channels over only once it knows that this file was loaded and runs.
postMessage("ready");
