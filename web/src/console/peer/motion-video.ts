type Codec = { readonly mimeType: string; readonly sdpFmtpLine?: string };

/** Makes a transceiver receive the app's video: AV1 before all else, and shown as soon as it is there. */
export function preferMotion(video: RTCRtpTransceiver): void {
  const { receiver } = video;
  // Browsers that do not know it ignore it; the app asks for the same by the playout delay of each packet.
  receiver.jitterBufferTarget = 0;
  const known = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  try {
    video.setCodecPreferences(motionFirst(known));
  } catch {
    // The browser's own order then: the app takes AV1 wherever it stands.
  }
}

/** AV1 with whole colour (4:4:4), AV1, then the others with all that repairs losses, in the browser's order. */
export function motionFirst<C extends Codec>(codecs: readonly C[]): C[] {
  const ranks = codecs.map((codec) => ({ codec, rank: rankOf(codec) }));
  return ranks.sort((a, b) => a.rank - b.rank).map(({ codec }) => codec);
}

/** Whether a codec is AV1 with 4:4:4. Source: the AV1 RTP payload format, section 7.2: profile, 0 where it is absent. */
export function isWholeColour({ sdpFmtpLine = "" }: Codec): boolean {
  return /(^|[;\s])profile=1(;|$)/.test(sdpFmtpLine);
}

function rankOf(codec: Codec): number {
  if (codec.mimeType.toLowerCase() !== "video/av1") return 2;
  return isWholeColour(codec) ? 0 : 1;
}
