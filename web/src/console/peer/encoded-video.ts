import type { CodecName, VideoFrame } from "../../shared/recording/piece";
import { workerOfPictures } from "./picture-inlet";
import type { TappedFrame } from "./picture-worker";

const CODECS: Readonly<Record<string, CodecName>> = {
  "video/av1": "av1",
  "video/vp8": "vp8",
  "video/vp9": "vp9",
  "video/h264": "h264",
};

/**
 * Tells each encoded picture of a track as it came, beside its way to the decoder (W3C, WebRTC Encoded Transform). Nothing is told
 * where the browser gives none out. Gives the way to stop listening.
 */
export function tapVideo(receiver: RTCRtpReceiver, hear: (frame: VideoFrame) => void): () => void {
  const worker = workerOfPictures();
  if (worker === null || typeof RTCRtpScriptTransform === "undefined") return () => {};
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<TappedFrame>) => {
    const codec = CODECS[data.mimeType.toLowerCase()];
    if (codec === undefined) return;
    const { key, rtpTime, width, height, bytes } = data;
    hear({ key, codec, rtpTime, width, height, data: new Uint8Array(bytes) });
  };
  receiver.transform = new RTCRtpScriptTransform(worker, { port: port2 }, [port2]);
  return () => port1.close();
}
