type Codec = { readonly mimeType: string; readonly sdpFmtpLine?: string };

/**
 * Offers to receive the app's video: AV1 before all else, and shown as soon as it is there. Nothing is offered where the
 * browser knows no AV1: apps answer such an offer in a form that browsers refuse; null then.
 */
export function receiveMotion(
  connection: Pick<RTCPeerConnection, "addTransceiver">,
  known: readonly RTCRtpCodec[] = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [],
): RTCRtpTransceiver | null {
  if (!known.some((codec) => isOf("av1", codec))) return null;
  const video = connection.addTransceiver("video", { direction: "recvonly" });
  // Browsers that do not know it ignore it; the app asks for the same by the playout delay of each packet.
  video.receiver.jitterBufferTarget = 0;
  try {
    video.setCodecPreferences(motionFirst(known));
  } catch {
    // The browser's own order then: the app takes AV1 wherever it stands.
  }
  return video;
}

/**
 * Offers to receive what a customer's browser shares, without H.264: the standard file of a recording [F-13] takes no such video, and
 * every browser sends VP8 (RFC 7742 §5), in the same order as before.
 */
export function receiveScreen(
  connection: Pick<RTCPeerConnection, "addTransceiver">,
  known: readonly RTCRtpCodec[] = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [],
): RTCRtpTransceiver {
  const video = connection.addTransceiver("video", { direction: "recvonly" });
  const wanted = known.filter((codec) => !isOf("h264", codec));
  try {
    if (wanted.some((codec) => isOf("vp8", codec))) video.setCodecPreferences(wanted);
  } catch {
    // The browser's own order then.
  }
  return video;
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
  if (!isOf("av1", codec)) return 2;
  return isWholeColour(codec) ? 0 : 1;
}

function isOf(name: string, { mimeType }: Codec): boolean {
  return mimeType.toLowerCase() === `video/${name}`;
}
