import { isWholeColour } from "./peer/motion-video";

/** What this browser lacks for a session, by name; empty where it lacks nothing. */
export function missingFeatures(scope: {
  RTCPeerConnection?: unknown;
  WebAssembly?: unknown;
  WebSocket?: unknown;
}): string[] {
  const needed = [
    ["WebRTC", scope.RTCPeerConnection],
    ["WebAssembly", scope.WebAssembly],
    ["WebSocket", scope.WebSocket],
  ] as const;
  return needed.filter(([, there]) => there === undefined).map(([name]) => name);
}

/**
 * What this browser decodes of the motion layer, by the names of `beside.v1.PictureSettings`; nothing where it does not
 * tell of each picture. Without any, everything goes by the exact layer.
 */
export function motionCodecs(
  capabilities: { readonly codecs: readonly { mimeType: string; sdpFmtpLine?: string }[] } | null,
  tellsOfPictures: boolean,
): string[] {
  if (!tellsOfPictures) return [];
  const av1 = (capabilities?.codecs ?? []).filter(({ mimeType }) => mimeType.toLowerCase() === "video/av1");
  return [...new Set(av1.map((codec) => (isWholeColour(codec) ? "av1-444" : "av1")))];
}
