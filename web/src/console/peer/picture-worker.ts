import { type MediaLineEnd, passOn } from "./media-copies";
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

// Also the video and the voices pass through here (MediaTap).
addEventListener("rtctransform", (event: Event & { readonly transformer?: MediaLineEnd }) => {
  if (event.transformer !== undefined) passOn(event.transformer);
});

// The page hands channels over only once it knows that this file was loaded and runs.
postMessage("ready");
