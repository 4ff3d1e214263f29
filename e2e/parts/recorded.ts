// Recordings as a console of any browser would send them (docs/recordings.md): real pictures out of this browser's own encoders.
import type { BrowserContext, Page } from "@playwright/test";
import type { Server } from "./server.ts";

/** The codecs that a recording can hold, by their numbers there. */
export const CODECS = { av1: ["av01.0.04M.08", 1], vp8: ["vp8", 2], vp9: ["vp09.00.10.08", 3], h264: ["avc1.42001f", 4] } as const;
export type Codec = keyof typeof CODECS;

/** Of the picture, pixels. */
export const SIZE = { width: 320, height: 180 };
/** What is to be seen, three seconds each. */
export const COLOURS = ["#c83232", "#32a050"] as const;
const PIECE_MS = 3_000;
const EVERY_MS = 500;

interface Encoded {
  at_ms: number;
  key: boolean;
  base64: string;
}

/** Each colour's pictures, the first of which stands by itself. */
function encoded(page: Page, codec: Codec): Promise<Encoded[]> {
  return page.evaluate(
    async ([name, colours, { width, height }, piece_ms, every_ms]) => {
      const made: Encoded[] = [];
      const encoder = new VideoEncoder({
        output: (chunk) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          made.push({ at_ms: chunk.timestamp / 1000, key: chunk.type === "key", base64: btoa(String.fromCharCode(...bytes)) });
        },
        error: (error) => {
          throw error;
        },
      });
      const bytes = name.startsWith("avc1") ? { avc: { format: "annexb" as const } } : {};
      encoder.configure({ codec: name, width, height, bitrate: 500_000, latencyMode: "realtime", ...bytes });
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d");
      for (let at_ms = 0; at_ms < colours.length * piece_ms; at_ms += every_ms) {
        if (pen !== null) pen.fillStyle = colours[Math.floor(at_ms / piece_ms)] ?? "";
        pen?.fillRect(0, 0, width, height);
        const frame = new VideoFrame(canvas, { timestamp: at_ms * 1000 });
        encoder.encode(frame, { keyFrame: at_ms % piece_ms === 0 });
        frame.close();
      }
      await encoder.flush();
      return made;
    },
    [CODECS[codec][0], COLOURS, SIZE, PIECE_MS, EVERY_MS] as const,
  );
}

function pieceOf(no: number, pictures: readonly Encoded[], codec: Codec): Buffer {
  const entries = pictures.flatMap(({ at_ms, key, base64 }) => {
    const data = Buffer.from(base64, "base64");
    const head = Buffer.alloc(19);
    head.writeUInt8(3, 0);
    head.writeUInt32LE(at_ms, 1);
    head.writeUInt32LE(10 + data.length, 5);
    head.writeUInt8(key ? 1 : 0, 9);
    head.writeUInt8(CODECS[codec][1], 10);
    head.writeUInt32LE(at_ms * 90, 11);
    head.writeUInt16LE(SIZE.width, 15);
    head.writeUInt16LE(SIZE.height, 17);
    return [head, data];
  });
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(20);
  head.write("BSR1", "latin1");
  for (const [index, value] of [no, (no - 1) * PIECE_MS, no * PIECE_MS, body.length].entries()) head.writeUInt32LE(value, 4 + 4 * index);
  return Buffer.concat([head, body]);
}

/** Records a session as its operator's console does, with what `page`'s encoder makes. */
export async function record(server: Server, operator: BrowserContext, session: string, page: Page, codec: Codec): Promise<void> {
  const me = (await (await operator.request.get(`${server.url}/api/console/me`)).json()) as { csrf_token: string };
  const headers = { Origin: server.url, "X-Beside-CSRF": me.csrf_token };
  const recordings = `${server.url}/api/console/sessions/${session}/recordings`;
  const begun = await operator.request.post(recordings, { headers });
  const { id } = (await begun.json()) as { id: string };
  const pictures = await encoded(page, codec);
  for (const [index] of COLOURS.entries()) {
    const its = pictures.filter(({ at_ms }) => Math.floor(at_ms / PIECE_MS) === index);
    const kept = await operator.request.put(`${recordings}/${id}/pieces/${index + 1}`, {
      headers: { ...headers, "Content-Type": "application/octet-stream" },
      data: pieceOf(index + 1, its, codec),
    });
    if (kept.status() !== 204) throw new Error(`${codec}: piece ${index + 1}: ${kept.status()} ${await kept.text()}`);
  }
  await operator.request.post(`${recordings}/${id}/end`, { headers, data: { why: "stopped" } });
}

/** How many packets of each voice a recording holds. */
export function packetsIn(file: Buffer): { operator: number; customer: number } {
  const found = { operator: 0, customer: 0 };
  for (let piece = 0; piece < file.length; ) {
    const end = piece + 20 + file.readUInt32LE(piece + 16);
    for (let at = piece + 20; at < end; at += 9 + file.readUInt32LE(at + 5)) {
      if (file.readUInt8(at) === 6) found[file.readUInt8(at + 9) === 1 ? "operator" : "customer"] += 1;
    }
    piece = end;
  }
  return found;
}
