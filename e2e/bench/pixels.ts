// Compares what a page shows with the true pixels of a workload's picture.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Comparison {
  /** Share of pixels that are equal in red, green and blue, 0 to 1. */
  exact: number;
  /** Peak signal-to-noise ratio in dB; 99 for equal pictures. */
  psnr: number;
}

const truths = new Map<string, Buffer>();

/** Picture `number` of a workload as BGRX rows, drawn by the same code that drew it on the desktop. */
export function truth(program: string, workload: string, number: number, size: string): Buffer {
  const key = `${workload} ${number} ${size}`;
  const known = truths.get(key);
  if (known) return known;
  const file = join(mkdtempSync(join(tmpdir(), 'beside-bench-')), 'picture.bgrx');
  execFileSync(program, [workload, '--dump', String(number), '--out', file, '--size', size]);
  const pixels = readFileSync(file);
  truths.set(key, pixels);
  return pixels;
}

/** A part of the picture, in pixels. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `shown`: RGBA rows of a page's canvas; `real`: BGRX rows of the same size, `width` pixels each. */
export function compare(shown: Uint8Array, real: Uint8Array, width: number, part: Part): Comparison {
  if (shown.length !== real.length) throw new Error(`sizes differ: ${shown.length} and ${real.length} bytes`);
  let equal = 0;
  let squares = 0;
  for (let y = part.y; y < part.y + part.height; y += 1) {
    const start = (y * width + part.x) * 4;
    for (let at = start; at < start + part.width * 4; at += 4) {
      const red = (shown[at] ?? 0) - (real[at + 2] ?? 0);
      const green = (shown[at + 1] ?? 0) - (real[at + 1] ?? 0);
      const blue = (shown[at + 2] ?? 0) - (real[at] ?? 0);
      if (red === 0 && green === 0 && blue === 0) equal += 1;
      else squares += red * red + green * green + blue * blue;
    }
  }
  const pixels = part.width * part.height;
  const mean = squares / (pixels * 3);
  return { exact: equal / pixels, psnr: mean === 0 ? 99 : 10 * Math.log10((255 * 255) / mean) };
}
