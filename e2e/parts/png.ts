// Reads the colours of a screenshot: 8-bit PNG without interlacing, as Chromium and ImageMagick write it.
import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";

export interface Picture {
  width: number;
  height: number;
  /** "#rrggbb" of one pixel. */
  at(x: number, y: number): string;
  /** Red, green and blue of each pixel of a part, row by row; all of it where none is named. */
  rgb(part?: { x: number; y: number; width: number; height: number }): Buffer;
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export async function readPng(path: string): Promise<Picture> {
  return decodePng(await readFile(path));
}

export function decodePng(file: Buffer): Picture {
  const chunks: Buffer[] = [];
  let palette = Buffer.alloc(0);
  let header = Buffer.alloc(13);
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString("latin1", at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") header = Buffer.from(body);
    if (kind === "PLTE") palette = Buffer.from(body);
    if (kind === "IDAT") chunks.push(body);
    at += 12 + length;
  }
  const [width, height, bits, colour] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9] ?? 0];
  const channels = CHANNELS[colour];
  if (bits !== 8 || channels === undefined || header[12] !== 0) throw new Error(`png: ${bits} bits, colour ${colour}`);
  const rows = unfilter(inflateSync(Buffer.concat(chunks)), width * channels, height, channels);
  const isGrey = channels < 3 && colour !== 3;
  const pixel = (x: number, y: number): readonly [number, number, number] => {
    const start = (y * width + x) * channels;
    const at = colour === 3 ? palette.subarray((rows[start] ?? 0) * 3) : rows.subarray(start);
    const [red = 0, green = 0, blue = 0] = isGrey ? [at[0], at[0], at[0]] : [at[0], at[1], at[2]];
    return [red, green, blue];
  };
  return {
    width,
    height,
    at(x, y) {
      if (x < 0 || y < 0 || x >= width || y >= height) throw new Error(`png: ${x},${y} is outside`);
      return `#${pixel(x, y).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    },
    rgb(part = { x: 0, y: 0, width, height }) {
      const all = Buffer.alloc(part.width * part.height * 3);
      for (let y = 0; y < part.height; y++) {
        for (let x = 0; x < part.width; x++) all.set(pixel(part.x + x, part.y + y), (y * part.width + x) * 3);
      }
      return all;
    },
  };
}

/** PNG specification §9: each row begins with the filter that made it smaller. */
function unfilter(data: Buffer, stride: number, height: number, step: number): Buffer {
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= step ? (rows[at - step] ?? 0) : 0;
      const up = y > 0 ? (rows[at - stride] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (rows[at - stride - step] ?? 0) : 0;
      rows[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
