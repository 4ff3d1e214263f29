// The picture bench (`cargo xtask bench picture`): the same workloads, the same page probe, three systems side by side.
import { test } from '@playwright/test';
import type { Program } from '../parts/program.ts';
import { beside } from './beside.ts';
import { figure, percentile, type Workload } from './figures.ts';
import { type Subject, tigervnc, x11vnc } from './peers.ts';
import { type Comparison, compare, truth } from './pixels.ts';
import { clickLatency, installProbe, picturesPerSecond, receivedBytes, snapshot } from './probe.ts';
import { profiled } from './profile.ts';
import { cpuSeconds, residentMib, start, stopAll } from './processes.ts';
import { parseNetwork } from './relay.ts';

const WIDTH = 1920;
const WHOLE = { x: 0, y: 0, width: WIDTH, height: 1080 };
const SIZE = `${WIDTH}x${WHOLE.height}`;
/** As benches/picture/src/scene.rs draws them. */
const VIDEO = { x: 320, y: 240, width: 640, height: 360 };
const CORNER_STRIP = { x: 0, y: 0, square: 8 };
const VIDEO_STRIP = { x: VIDEO.x, y: VIDEO.y, square: 16 };
const PROGRAM = process.env['PICTURE_WORKLOAD'] ?? '../target/release/picture-workload';
const CLICKS = Number(process.env['BENCH_CLICKS'] ?? 120);
/** The slowest of a hundred clicks would be one lost packet more or less. */
const CLICKS_WITH_LOSS = Number(process.env['BENCH_CLICKS'] ?? 400);
const SQUARE = { x: 480, y: 380 };
const SYSTEMS = { x11vnc, tigervnc, beside } as const;
const chosen = (process.env['BENCH_SYSTEMS'] ?? 'x11vnc,tigervnc,beside').split(',');
const networks = (process.env['BENCH_NETWORKS'] ?? '50ms-1%,50ms-3%').split(',').filter((name) => name !== '');

test.describe.configure({ mode: 'serial' });
test.afterEach(stopAll);

for (const [name, open] of Object.entries(SYSTEMS)) {
  if (!chosen.includes(name)) continue;
  test(`picture of ${name}`, async ({ browser }) => {
    await measure(await open(browser, SIZE), CLICKS);
  });
}

for (const name of chosen.includes('beside') ? networks : []) {
  test(`picture of beside over ${name}`, async ({ browser }) => {
    await measure(await beside(browser, SIZE, parseNetwork(name)), CLICKS_WITH_LOSS);
  });
}

async function measure(subject: Subject, clickCount: number): Promise<void> {
  try {
    await firstPicture(subject);
    await idle(subject);
    await clicks(subject, clickCount);
    await typing(subject);
    await moving(subject, 'scroll');
    await moving(subject, 'video');
    figure(subject, 'video', 'resident', residentMib(subject.app));
    // What was needed for the moment has been given back.
    await subject.page.waitForTimeout(5000);
    figure(subject, 'idle', 'resident', residentMib(subject.app));
  } finally {
    await subject.stop();
  }
}

/** Starts a workload on the subject's display and waits until the page shows its picture 0. */
async function show(subject: Subject, workload: string, pictures = 0): Promise<Program> {
  const { page } = subject;
  const child = start(PROGRAM, [workload, '--pictures', String(pictures)], { DISPLAY: subject.display });
  await page.waitForTimeout(workload === 'scroll' || workload === 'video' ? 6000 : 1500);
  return child;
}

async function firstPicture(subject: Subject): Promise<void> {
  const { page } = subject;
  const still = start(PROGRAM, ['still'], { DISPLAY: subject.display });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const before = Date.now();
    await subject.open();
    await page.waitForFunction(
      (selector) => {
        const canvas = document.querySelector(selector);
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width < 1000) return false;
        const row = canvas.getContext('2d')?.getImageData(0, 4, 200, 1).data;
        // The strip of picture 0 is black, the paper behind it white.
        return row !== undefined && row[3] === 255 && (row[0] ?? 255) < 50 && (row[190 * 4] ?? 0) > 200;
      },
      subject.canvas,
      { polling: 'raf', timeout: 30_000 },
    );
    times.push(Date.now() - before);
  }
  figure(subject, 'open', 'first_picture', percentile(times, 0.5));
  await subject.settle();
  await installProbe(page, subject.canvas);
  await page.waitForTimeout(1000);
  const shown = await snapshot(page, CORNER_STRIP);
  const { exact, psnr } = compare(shown.pixels, truth(PROGRAM, 'still', 0, SIZE), WIDTH, WHOLE);
  figure(subject, 'still', 'exact_pixels', exact);
  figure(subject, 'still', 'psnr', psnr);
  await still.stop();
}

async function idle(subject: Subject): Promise<void> {
  const { page } = subject;
  const still = await show(subject, 'still');
  await page.waitForTimeout(2000);
  await costs(subject, 'idle', () => page.waitForTimeout(10_000));
  await still.stop();
}

async function clicks(subject: Subject, count: number): Promise<void> {
  const { page } = subject;
  const child = await show(subject, 'click');
  const box = await page.locator(subject.canvas).boundingBox();
  if (!box) throw new Error('the picture is not shown');
  const samples: number[] = [];
  for (let round = 0; round < count; round += 1) samples.push(await clickLatency(page, SQUARE, box));
  figure(subject, 'click', 'latency_p50', percentile(samples, 0.5));
  figure(subject, 'click', 'latency_p95', percentile(samples, 0.95));
  await child.stop();
}

async function typing(subject: Subject): Promise<void> {
  const { page } = subject;
  const child = await show(subject, 'typing');
  await costs(subject, 'typing', () => page.waitForTimeout(8000));
  await child.stop();
}

/** In the video workload, quality is that of the video's region: the text around it stands still. */
async function moving(subject: Subject, workload: 'scroll' | 'video'): Promise<void> {
  const { page } = subject;
  const [strip, part] = workload === 'video' ? [VIDEO_STRIP, VIDEO] : [CORNER_STRIP, WHOLE];
  const child = await show(subject, workload);
  await costs(subject, workload, async () => {
    figure(subject, workload, 'pictures_per_second', await picturesPerSecond(page, strip, 8000));
  });
  const results: Comparison[] = [];
  for (let round = 0; round < 5; round += 1) {
    const shown = await snapshot(page, strip);
    results.push(compare(shown.pixels, truth(PROGRAM, workload, shown.number, SIZE), WIDTH, part));
    await page.waitForTimeout(150);
  }
  figure(subject, workload, 'exact_pixels', percentile(results.map(({ exact }) => exact), 0.5));
  figure(subject, workload, 'psnr', percentile(results.map(({ psnr }) => psnr), 0.5));
  await child.stop();
}

/** Bytes received and processor time while `act` runs. */
async function costs(subject: Subject, workload: Workload, act: () => Promise<void>): Promise<void> {
  const { page } = subject;
  const [bytes, cpu] = [await receivedBytes(page), cpuSeconds(subject.pids)];
  await profiled(page, `${subject.system}-${workload}`, act);
  figure(subject, workload, 'bytes', (await receivedBytes(page)) - bytes);
  figure(subject, workload, 'cpu_seconds', cpuSeconds(subject.pids) - cpu);
}
