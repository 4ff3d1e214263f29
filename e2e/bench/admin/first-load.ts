// `first_load` of `cargo xtask bench admin`: what a browser fetches for /manage the first time, how long the way from one page to
// another takes, and whether anything moves meanwhile. Over the company of `benches/admin`; prints one JSON line a figure.
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { parseArgs } from 'node:util';
import { chromiumArguments, chromiumPath } from '../../parts/chromium.ts';
import { labels } from '../../parts/labels.ts';
import { Server } from '../../parts/server.ts';

const { values: given } = parseArgs({
  options: {
    data: { type: 'string' },
    records: { type: 'string', default: '0' },
    database: { type: 'string', default: 'sqlite' },
    /** Each page once, and the limits held that no other program on the machine can move. */
    check: { type: 'boolean', default: false },
  },
});

const COMPANY = 'bench';
const ACCOUNT = { login: 'admin', password: 'Bench1234' };
const ROUNDS = given.check ? 1 : 5;
/** Of everything, compressed, until the page stands. */
const LARGEST_KIB = 200;
/** The sum over all that moved, as the browser counts it: 0 is a page where nothing moved. */
const LARGEST_SHIFT = 0.001;

declare global {
  interface Window {
    /** What moved by itself, and what moved at all. */
    moved: { alone: number; ever: number };
  }
}

async function main(): Promise<void> {
  if (given.data === undefined) throw new Error('--data names the folder of the company');
  const server = await Server.start({ data: given.data, behindProxy: true });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  try {
    await measure(browser, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function measure(browser: Browser, server: Server): Promise<void> {
  const stranger = await fresh(browser);
  const signIn = await load(stranger, `${server.url}/manage/${COMPANY}`, 'form');
  const page = signIn.page;
  await page.getByRole('textbox', { name: labels.ko.id, exact: true }).fill(ACCOUNT.login);
  await page.getByLabel(labels.ko.password, { exact: true }).fill(ACCOUNT.password);
  await page.getByRole('button', { name: labels.ko.signIn, exact: true }).click();
  await page.getByRole('button', { name: labels.ko.signOut, exact: true }).waitFor();

  // Signed in, with nothing kept from before.
  const known = await fresh(browser, await stranger.storageState());
  const start = await load(known, `${server.url}/manage/${COMPANY}`, 'main h1');
  const kib = Math.max(signIn.kib, start.kib);
  figure('kib', kib, 'KiB');

  const before = await shifts(start.page);
  const times = await changeRoutes(start.page);
  const after = await shifts(start.page);
  figure('route_change_p50_ms', percentile(times, 0.5), 'ms');
  figure('route_change_p95_ms', percentile(times, 0.95), 'ms');
  const shift = Math.max((await shifts(signIn.page)).alone, before.alone);
  figure('layout_shift', shift, 'score');
  figure('route_change_layout_shift', after.ever - before.ever, 'score');

  if (given.check && kib > LARGEST_KIB) throw new Error(`the first load of /manage is ${kib.toFixed(1)} KiB`);
  if (given.check && shift > LARGEST_SHIFT) throw new Error(`things move while /manage loads: ${shift}`);
}

/** A browser that has never been here. */
async function fresh(browser: Browser, storageState?: Awaited<ReturnType<BrowserContext['storageState']>>): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'ko-KR', ...(storageState === undefined ? {} : { storageState }) });
  await context.addInitScript(() => {
    window.moved = { alone: 0, ever: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!('value' in entry) || typeof entry.value !== 'number') continue;
        window.moved.ever += entry.value;
        if (!('hadRecentInput' in entry && entry.hadRecentInput === true)) window.moved.alone += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return context;
}

/** Opens an address and counts the bytes that come, as they come. */
async function load(context: BrowserContext, address: string, awaited: string): Promise<{ page: Page; kib: number }> {
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.locator(awaited).first().waitFor();
  await page.waitForLoadState('networkidle');
  return { page, kib: bytes / 1024 };
}

/** From each page to the next, as by a person: the pointer rests on the entry for a moment, then it is pressed. */
async function changeRoutes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const section of await paths(page, 'header nav a')) {
      times.push(await change(page, section));
      for (const entry of await paths(page, 'nav:not(header nav) a')) {
        if (entry !== new URL(page.url()).pathname) times.push(await change(page, entry));
      }
    }
  }
  return times;
}

async function paths(page: Page, entries: string): Promise<string[]> {
  return page.locator(entries).evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
}

/** Milliseconds from the press until the page's heading and content stand. */
async function change(page: Page, path: string): Promise<number> {
  const entry = page.locator(`nav a[href="${path}"]`).first();
  await entry.hover();
  await page.waitForTimeout(150);
  const took = await entry.evaluate(async (link, wanted) => {
    const heading = () => document.querySelector('main h1');
    const before = heading();
    const pressed = performance.now();
    (link as HTMLAnchorElement).click();
    const isThere = () =>
      location.pathname === wanted &&
      heading() !== null &&
      (heading() !== before || before?.isConnected === false) &&
      document.querySelector('main [role="status"], main [aria-busy="true"]') === null;
    while (!isThere()) {
      if (performance.now() - pressed > 10_000) throw new Error(`${wanted} does not come`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - pressed;
  }, path);
  console.error(`first_load: ${took.toFixed(0).padStart(5)} ms  ${path}`);
  // What moves right after it belongs to it.
  await page.waitForTimeout(300);
  return took;
}

function shifts(page: Page): Promise<Window['moved']> {
  return page.evaluate(() => window.moved);
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function figure(metric: string, value: number, unit: string): void {
  const rounded = Math.round(value * 1000) / 1000;
  const line = { bench: 'admin', system: 'beside', workload: 'first_load', metric, value: rounded, unit };
  const told = JSON.stringify({ ...line, records: Number(given.records), database: given.database });
  if (given.check) console.error(told);
  else console.log(told);
}

await main();
