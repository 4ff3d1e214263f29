// `first_load` of `cargo xtask bench admin`: what a browser fetches for /manage the first time, how long the way from one page to
// another takes, and whether anything moves meanwhile. Over the company of `benches/admin`; prints one JSON line a figure.
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { parseArgs } from 'node:util';
import { chromiumArguments, chromiumPath } from '../../parts/chromium.ts';
import { labels } from '../../parts/labels.ts';
import { Server } from '../../parts/server.ts';
import { text } from '../../parts/translations.ts';

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
    moved: { alone: number; ever: number; what: string[] };
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
  figure('with_heads_kib', Math.max(signIn.withHeadsKib, start.withHeadsKib), 'KiB');

  const before = await shifts(start.page);
  const times = await changeRoutes(start.page);
  const after = await shifts(start.page);
  const [stood, filled] = [times.map((time) => time.stood), times.map((time) => time.filled)];
  figure('route_change_p50_ms', percentile(stood, 0.5), 'ms');
  figure('route_change_p95_ms', percentile(stood, 0.95), 'ms');
  figure('route_filled_p50_ms', percentile(filled, 0.5), 'ms');
  figure('route_filled_p95_ms', percentile(filled, 0.95), 'ms');
  const atSignIn = await shifts(signIn.page);
  for (const what of [...atSignIn.what, ...after.what]) console.error(`first_load: moved ${what}`);
  const shift = Math.max(atSignIn.alone, before.alone);
  figure('layout_shift', shift, 'score');
  const shiftOfRoutes = after.alone - before.alone;
  figure('route_change_layout_shift', shiftOfRoutes, 'score');

  if (given.check && LARGEST_KIB < kib) throw new Error(`the first load of /manage is ${kib.toFixed(1)} KiB`);
  if (given.check && LARGEST_SHIFT < shift) throw new Error(`things move while /manage loads: ${shift}`);
  if (given.check && LARGEST_SHIFT < shiftOfRoutes) throw new Error(`things move from page to page: ${shiftOfRoutes}`);
}

/** A browser that has never been here. */
async function fresh(browser: Browser, storageState?: Awaited<ReturnType<BrowserContext['storageState']>>): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'ko-KR', ...(storageState === undefined ? {} : { storageState }) });
  // What tsx puts around the names of functions, it puts around those that go to the page.
  await context.addInitScript('globalThis.__name = (named) => named');
  await context.addInitScript(() => {
    window.moved = { alone: 0, ever: 0, what: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!('value' in entry) || typeof entry.value !== 'number') continue;
        window.moved.ever += entry.value;
        if ('hadRecentInput' in entry && entry.hadRecentInput === true) continue;
        window.moved.alone += entry.value;
        const sources: { node?: Element }[] = 'sources' in entry && Array.isArray(entry.sources) ? entry.sources : [];
        const named = sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 30)}`);
        window.moved.what.push(`${entry.value.toFixed(4)} at ${entry.startTime.toFixed(0)} ms: ${named.join(' | ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return context;
}

interface Loaded {
  page: Page;
  /** The contents, compressed as they come. */
  kib: number;
  /** With the heads of the answers, which nothing compresses in HTTP/1.1. */
  withHeadsKib: number;
}

/** Opens an address and counts the bytes that come, as they come. */
async function load(context: BrowserContext, address: string, awaited: string): Promise<Loaded> {
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let all = 0;
  let heads = 0;
  network.on('Network.responseReceived', ({ response }) => {
    heads += response.encodedDataLength;
  });
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    all += encodedDataLength;
  });
  await page.goto(address);
  await page.locator(awaited).first().waitFor();
  await page.waitForLoadState('networkidle');
  return { page, kib: (all - heads) / 1024, withHeadsKib: all / 1024 };
}

/** Milliseconds from the press. */
interface Changed {
  stood: number;
  filled: number;
}

/** From each page to the next, as by a person: the pointer rests on the entry for a moment, then it is pressed. */
async function changeRoutes(page: Page): Promise<Changed[]> {
  const times: Changed[] = [];
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

/** Presses an entry, and waits until the page's heading stands, and until its content does. */
async function change(page: Page, path: string): Promise<Changed> {
  const entry = page.locator(`nav a[href="${path}"]`).first();
  await entry.hover();
  await page.waitForTimeout(150);
  const watched = page.evaluate(
    async ([wanted, loading]) => {
      const heading = () => document.querySelector('main h1');
      const before = heading();
      await new Promise((resolve) => document.addEventListener('click', resolve, { capture: true, once: true }));
      const pressed = performance.now();
      const isThere = () => location.pathname === wanted && heading() !== null && heading() !== before;
      const isFilled = () =>
        document.querySelector('main [aria-busy="true"]') === null &&
        !document.querySelector('main')?.textContent?.includes(loading);
      const until = async (holds: () => boolean) => {
        while (!holds()) {
          if (10_000 < performance.now() - pressed) throw new Error(`${wanted} does not come`);
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return performance.now() - pressed;
      };
      return { stood: await until(isThere), filled: await until(isFilled) };
    },
    [path, text('ko', 'shared-loading')] as const,
  );
  await entry.click();
  const took = await watched;
  console.error(`first_load: ${took.stood.toFixed(0).padStart(5)} ms, filled after ${took.filled.toFixed(0)} ms  ${path}`);
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
