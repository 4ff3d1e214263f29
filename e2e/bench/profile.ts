// Where a page's time goes: Chromium's sampling profiler around a workload, for DevTools and in short.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = process.env['BENCH_PROFILE'];
const SAMPLE_US = 500;
/** Functions that are named in short. */
const NAMED = 12;

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples?: number[];
  timeDeltas?: number[];
}

/** Runs `act`; where `BENCH_PROFILE` names a folder, leaves `NAME.cpuprofile` there and says which functions took longest. */
export async function profiled(page: Page, name: string, act: () => Promise<void>): Promise<void> {
  if (!FOLDER) return act();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Profiler.enable');
  await devtools.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await devtools.send('Profiler.start');
  await act();
  const { profile } = await devtools.send('Profiler.stop');
  await devtools.detach();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.cpuprofile`), JSON.stringify(profile));
  for (const line of heaviest(profile)) process.stderr.write(`${name}: ${line}\n`);
}

/** The functions in which the samples lie, as shares of the whole time. */
function heaviest({ nodes, samples = [], timeDeltas = [] }: Profile): string[] {
  const names = new Map(nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [id, `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber}`]));
  const spent = new Map<string, number>();
  let all = 0;
  samples.forEach((id, at) => {
    const took = Math.max(timeDeltas[at] ?? 0, 0);
    const key = names.get(id) ?? 'unknown';
    all += took;
    spent.set(key, (spent.get(key) ?? 0) + took);
  });
  const sorted = [...spent].sort(([, a], [, b]) => b - a).slice(0, NAMED);
  return sorted.map(([key, took]) => `${((took / all) * 100).toFixed(1)} % ${key}`);
}
