// What the benches print: one JSON line a figure, the shape that all our benches share.
import { appendFileSync } from 'node:fs';

export type System = 'beside' | 'x11vnc' | 'tigervnc' | 'bare-channel' | 'scp';
export type Workload = 'click' | 'idle' | 'typing' | 'scroll' | 'video' | 'still' | 'open' | 'send' | 'fetch' | 'send-huge' | 'fetch-huge' | 'click-while-sending' | 'voice-to-customer' | 'voice-to-operator';

/** What was measured, and over which network where it was not the machine's own. */
export interface Measured {
  /** Which `cargo xtask bench`; that of the picture where not named. */
  bench?: 'picture' | 'files' | 'session';
  system: System;
  network?: string;
}

/**
 * Appends the figure to the file that `cargo xtask bench` prints; `UNITS` names each metric's unit. Under a bad network
 * the line has one member more, `"network":"50ms-3%"`: round trip, and loss each way.
 */
export function figure({ bench = 'picture', system, network }: Measured, workload: Workload, metric: keyof typeof UNITS, value: number): void {
  const file = process.env['BENCH_OUT'];
  if (!file) throw new Error('BENCH_OUT names the file for the figures');
  const rounded = Number(value.toPrecision(5));
  const over = network === undefined ? {} : { network };
  appendFileSync(
    file,
    `${JSON.stringify({ bench, system, ...over, workload, metric, value: rounded, unit: UNITS[metric] })}\n`,
  );
}

const UNITS = {
  latency_p50: 'ms',
  latency_p95: 'ms',
  bytes: 'B',
  cpu_seconds: 's',
  cpu_with_second: 'of one viewer',
  bytes_with_second: 'of one viewer',
  lost: 'share',
  pictures_per_second: '1/s',
  exact_pixels: 'share',
  psnr: 'dB',
  first_picture: 'ms',
  resident: 'MiB',
  app_resident_added: 'MiB',
  page_resident_added: 'MiB',
  throughput: 'Mbit/s',
  share_of_bare_channel: 'share',
} as const;

/** The value below which `share` (0 to 1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('no samples');
  return value;
}
