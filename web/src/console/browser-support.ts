import { isWholeColour } from "./peer/motion-video";

/** What `missingFeatures` looks at: the page's own global object, or a part of it in tests. */
type Scope = {
  readonly RTCPeerConnection?: unknown;
  readonly WebAssembly?: { validate(module: Uint8Array<ArrayBuffer>): boolean } | undefined;
  readonly WebSocket?: unknown;
};

/** What this browser lacks for a session, by name; empty where it lacks nothing. */
export function missingFeatures({ RTCPeerConnection, WebAssembly, WebSocket }: Scope): string[] {
  const needed = [
    ["WebRTC", RTCPeerConnection !== undefined],
    ["WebAssembly", WebAssembly !== undefined],
    ["WebAssembly SIMD", WebAssembly === undefined || WebAssembly.validate(SIMD_MODULE)],
    ["WebSocket", WebSocket !== undefined],
  ] as const;
  return needed.filter(([, there]) => !there).map(([name]) => name);
}

/** A module with one function of a vector: `i8x16.splat`, `i8x16.popcnt`, as the decoder's compiler may use them. */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

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
