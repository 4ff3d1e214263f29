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

/** The video codecs that this browser decodes, by the names of `beside.v1.PictureSettings`. */
export function videoCodecs(
  capabilities: { codecs: readonly { mimeType: string; sdpFmtpLine?: string }[] } | null,
): string[] {
  const names = new Set<string>();
  for (const { mimeType, sdpFmtpLine } of capabilities?.codecs ?? []) {
    const name = mimeType.toLowerCase().replace("video/", "");
    if (name === "av1") names.add(/profile=1/.test(sdpFmtpLine ?? "") ? "av1-444" : "av1");
    else if (["h264", "vp9", "vp8"].includes(name)) names.add(name);
  }
  return [...names];
}
