import { PictureDecoder } from "./decoder";

/** Where the server serves the decoder. */
const MODULE_URL = "/tiles.wasm";

let loading: Promise<WebAssembly.Module> | null = null;

/** Fetches and compiles the decoder, once a page; a failed attempt is made again at the next call. */
export function loadModule(): Promise<WebAssembly.Module> {
  loading ??= compile().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * Loads the decoder and runs it once before it is needed: the first picture of a cold decoder would come 20 to 25 ms
 * later. For the console to call when its page opens; a failure shows at the first picture again.
 */
export async function warmUp(): Promise<void> {
  try {
    const decoder = new PictureDecoder(await loadModule());
    for (const packet of WARM_UP_PACKETS) decoder.receive(packet);
  } catch {
    // The session itself says what is wrong.
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(MODULE_URL);
  if (!response.ok) throw new Error(`${MODULE_URL}: ${response.status}`);
  return WebAssembly.compileStreaming(response);
}

/** An epoch of one update without a body, 64 × 64 pixels; the next one fills them by a body of 12 bytes. */
const WARM_UP_PACKETS: readonly Uint8Array[] = [
  Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0, 0, 0, 0, 0, 0),
  Uint8Array.of(
    ...[1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0, 0, 12, 0, 0, 0],
    // A zstd frame with one raw block: fill 0, 0, 64, 64 with white.
    ...[0x28, 0xb5, 0x2f, 0xfd, 0x20, 12, 0x61, 0, 0],
    ...[0, 0, 0, 0, 0, 64, 0, 64, 0, 255, 255, 255],
  ),
];
