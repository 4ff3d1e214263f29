// The files bench (`cargo xtask bench files`): a file each way between console and app, beside a bare data channel between the
// same browser and the app's own connection code, and beside scp on this machine; clicks meanwhile; memory [F-02].
import { type Browser, chromium, type Page, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Case } from '../parts/case.ts';
import { chromiumArguments, chromiumPath } from '../parts/chromium.ts';
import { FilesPanel, largeOwnFile, picksOwnFolder } from '../parts/files.ts';
import { program } from '../parts/places.ts';
import { Program } from '../parts/program.ts';
import { freePort } from '../parts/server.ts';
import { figure, type Measured, percentile, type Workload } from './figures.ts';
import { clickLatency, countBytes, installProbe } from './probe.ts';
import { listening, pagesOfEveryBrowser, residentMib, start, stopAll } from './processes.ts';
import { parseNetwork, Relay } from './relay.ts';

const MIB = 1024 * 1024;
const SIZE_MIB = Number(process.env['BENCH_MIB'] ?? 256);
const CLICKS = Number(process.env['BENCH_CLICKS'] ?? 100);
const WORKLOAD = process.env['PICTURE_WORKLOAD'] ?? '../target/release/picture-workload';
const SQUARE = { x: 480, y: 380 };
/** Of the file that is moved for its memory; 0: none is. */
const HUGE_MIB = Number(process.env['BENCH_HUGE_MIB'] ?? 0);
const LONGEST_MS = 1_800_000;
const NAME = 'bench.bin';
const ours: Measured = { bench: 'files', system: 'beside' };
const bare: Measured = { bench: 'files', system: 'bare-channel' };

test.describe.configure({ mode: 'serial' });
test.afterEach(stopAll);

test('files', async ({ browser }) => {
  const at = await Case.start(browser, {
    desktop: { width: 1920, height: 1080 },
    options: { file_transfer_in_viewer: true },
    prepare: async ({ page }) => {
      await page.setViewportSize({ width: 2400, height: 1600 });
      await picksOwnFolder(page);
      await countBytes(page);
    },
  });
  try {
    const { page } = at.operator;
    await largeOwnFile(page, NAME, SIZE_MIB);
    const app = await at.join();
    await at.operator.originalSize();
    const scene = start(WORKLOAD, ['click', '--pictures', '0'], { DISPLAY: at.desktop.display });
    await page.waitForTimeout(2_000);
    await installProbe(page, 'canvas');
    const before = await clicks(page, CLICKS);
    figure(ours, 'click', 'latency_p95', percentile(before, 0.95));

    const files = await FilesPanel.openInViewer(at);
    await files.pick();
    await (await files.reach('here', NAME)).click();
    const pids = { app: app.program.pid, pages: await pagePids(page) };
    const sending = await moved(files, 'send', pids, SIZE_MIB, () => files.press('files-send'));
    // What was sent goes and comes under the name that is there already.
    await files.all.getByLabel(files.say('files-rule')).selectOption('overwrite');
    // Once more, with clicks: looking for what they change takes memory of its own. One pointer: it presses first, and clicks then.
    await files.press('files-send');
    const meanwhile = await clicks(page, CLICKS, async () => (await files.job(NAME).getByText(files.say('files-state-done')).count()) > 0);
    figure(ours, 'click-while-sending', 'latency_p95', percentile(meanwhile, 0.95));
    await files.done(NAME, LONGEST_MS);
    await files.press('files-clear');
    await (await files.reach('there', NAME)).click();
    const fetching = await moved(files, 'fetch', pids, SIZE_MIB, () => files.press('files-fetch'));
    await scene.stop();

    const channel = await bareChannel(page);
    figure(bare, 'send', 'throughput', channel.send);
    figure(bare, 'fetch', 'throughput', channel.fetch);
    figure(ours, 'send', 'share_of_bare_channel', sending / channel.send);
    figure(ours, 'fetch', 'share_of_bare_channel', fetching / channel.fetch);
    figure({ bench: 'files', system: 'scp' }, 'send', 'throughput', await scp());
  } finally {
    await at.stop();
  }
});

test('files over a line of 50 ms and 100 Mbit/s', async ({ browser }) => {
  const network = parseNetwork('50ms-100Mbit');
  const relay = new Relay(network);
  const at = await Case.start(browser, {
    options: { file_transfer_in_viewer: true },
    prepare: async ({ page }) => {
      await page.setViewportSize({ width: 2400, height: 1600 });
      await picksOwnFolder(page);
      await relay.install(page);
    },
  });
  try {
    await largeOwnFile(at.operator.page, NAME, SIZE_MIB);
    await at.join();
    const files = await FilesPanel.openInViewer(at);
    await files.pick();
    // What is sent goes into the customer's folder that is shown.
    await files.entries('there').getByRole('row').nth(1).waitFor();
    for (const [workload, side] of [['send', 'here'], ['fetch', 'there']] as const) {
      await files.all.getByLabel(files.say('files-rule')).selectOption('overwrite');
      await (await files.reach(side, NAME)).click();
      const mbits = await rate(async () => {
        await files.press(`files-${workload}`);
        await files.done(NAME, LONGEST_MS);
      });
      figure({ ...ours, network: network.name }, workload, 'throughput', mbits);
      await files.press('files-clear');
    }
  } finally {
    await at.stop();
    await relay.close();
  }
});

test('a huge file', async () => {
  test.skip(HUGE_MIB === 0, 'cargo xtask bench files --huge-mib 10240');
  test.setTimeout(3 * LONGEST_MS);
  const folder = mkdtempSync(join(tmpdir(), 'beside-huge-'));
  const own = join(folder, NAME);
  writeFileSync(own, '');
  // Nothing between the two compresses, so zeros cost what anything does.
  truncateSync(own, HUGE_MIB * MIB);
  // A browser with a profile of its own: what it keeps for a private window may not be that large.
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath,
    args: chromiumArguments,
    ignoreHTTPSErrors: true,
    locale: 'en-US',
    viewport: { width: 2400, height: 1600 },
  });
  const at = await Case.start({ newContext: async () => context } as unknown as Browser, {
    options: { file_transfer_in_viewer: true },
    prepare: async ({ page }) => picksOwnFolder(page),
  });
  try {
    const app = await at.join();
    const files = await FilesPanel.openInViewer(at);
    await files.entries('there').getByRole('row').nth(1).waitFor();
    const pids = { app: app.program.pid, pages: pagesOfEveryBrowser() };
    await moved(files, 'send-huge', pids, HUGE_MIB, async () => {
      const chooser = files.page.waitForEvent('filechooser');
      await files.press('files-send-files');
      await (await chooser).setFiles(own);
    });
    await files.pick();
    await (await files.reach('there', NAME)).click();
    await moved(files, 'fetch-huge', pids, HUGE_MIB, () => files.press('files-fetch'));
  } finally {
    await at.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Mbit/s of what `begin` begins; also how much more memory the app and the pages had at most meanwhile. */
async function moved(files: FilesPanel, workload: Workload, { app, pages }: { app: number; pages: readonly number[] }, mib: number, begin: () => Promise<void>): Promise<number> {
  await collectGarbage(files.page);
  const resting = new Map([app, ...pages].map((pid) => [pid, residentMib(pid)]));
  const grown = new Map<number, number>();
  const watch = setInterval(() => {
    for (const [pid, rested] of resting) {
      // A page that has ended, as the browser's first one does, has grown by nothing.
      const added = residentMib(pid) - rested;
      if (Number.isFinite(added)) grown.set(pid, Math.max(grown.get(pid) ?? 0, added));
    }
  }, 250);
  const mbits = await rate(async () => {
    await begin();
    await files.done(NAME, LONGEST_MS);
  }, mib).finally(() => clearInterval(watch));
  figure(ours, workload, 'throughput', mbits);
  figure(ours, workload, 'app_resident_added', grown.get(app) ?? Number.NaN);
  figure(ours, workload, 'page_resident_added', Math.max(...pages.map((pid) => grown.get(pid) ?? 0)));
  await files.press('files-clear');
  return mbits;
}

async function collectGarbage(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.detach();
}

/** Mbit/s of moving the file once. */
async function rate(move: () => Promise<unknown>, mib = SIZE_MIB): Promise<number> {
  const from = performance.now();
  await move();
  return (mib * MIB * 8) / 1_000 / (performance.now() - from);
}

/** Milliseconds of so many clicks, or fewer once `over` says so. */
async function clicks(page: Page, count: number, over: () => Promise<boolean> = async () => false): Promise<number[]> {
  const box = await page.locator('canvas').first().boundingBox();
  if (!box) throw new Error('the picture is not shown');
  const samples: number[] = [];
  while (samples.length < count && !(await over())) samples.push(await clickLatency(page, SQUARE, box));
  if (samples.length < 20) throw new Error(`only ${samples.length} clicks fitted in: a larger file says more`);
  return samples;
}

/** The processes that run this browser's pages. */
async function pagePids(page: Page): Promise<number[]> {
  const devtools = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  await devtools?.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** The same browser, the app's own connection, and nothing above the channel. */
async function bareChannel(page: Page): Promise<Record<'send' | 'fetch', number>> {
  const other = Program.start(program('examples/bare_channel'), []);
  try {
    const bytes = SIZE_MIB * MIB;
    const offer = await page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      const channel = connection.createDataChannel('files');
      channel.binaryType = 'arraybuffer';
      Object.assign(window, { bareConnection: connection, bareChannel: channel });
      await connection.setLocalDescription();
      await new Promise<void>((resolve) => {
        connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
      });
      return connection.localDescription?.sdp ?? '';
    });
    other.write(`${Buffer.from(offer).toString('hex')}\n`);
    const answer = (await other.line('answer', (line) => line.startsWith('answer '))).slice('answer '.length);
    await page.evaluate(
      (sdp) => (window as unknown as { bareConnection: RTCPeerConnection }).bareConnection.setRemoteDescription({ type: 'answer', sdp }),
      Buffer.from(answer, 'hex').toString(),
    );
    // They come one right after the other.
    await other.line('candidate', (line) => line.startsWith('candidate '));
    await page.waitForTimeout(200);
    const candidates = other.lines.filter((line) => line.startsWith('candidate ')).map((line) => line.slice('candidate '.length));
    await page.evaluate(async (lines) => {
      const { bareConnection } = window as unknown as { bareConnection: RTCPeerConnection };
      for (const candidate of lines) await bareConnection.addIceCandidate({ candidate, sdpMid: '0' });
    }, candidates);
    await other.line('open', (line) => line === 'open');
    other.write(`expect ${bytes}\n`);
    const send = await rate(async () => {
      await page.evaluate(async (count) => {
        const { bareChannel: channel } = window as unknown as { bareChannel: RTCDataChannel };
        const message = new Uint8Array(16 * 1024);
        channel.bufferedAmountLowThreshold = 256 * 1024;
        for (let left = count; left > 0; left -= message.length) {
          if (channel.bufferedAmount > 1024 * 1024) await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
          channel.send(message);
        }
      }, bytes);
      await other.line('received', (line) => line === 'received', LONGEST_MS);
    });
    // Before the first of them comes.
    await page.evaluate((count) => {
      const { bareChannel: channel } = window as unknown as { bareChannel: RTCDataChannel };
      let left = count;
      const bareCame = new Promise<void>((resolve) => {
        channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
          const before = Math.ceil(left / (64 * 1024));
          left -= data.byteLength;
          // The other end goes on for each 64 KiB that are here.
          if (Math.ceil(left / (64 * 1024)) < before) channel.send(new Uint8Array(1));
          if (left <= 0) resolve();
        };
      });
      Object.assign(window, { bareCame });
    }, bytes);
    const fetch = await rate(async () => {
      other.write(`send ${bytes}\n`);
      await page.evaluate(() => (window as unknown as { bareCame: Promise<void> }).bareCame);
    });
    return { send, fetch };
  } finally {
    await other.stop();
  }
}

/** scp over this machine's loopback, with a server and keys of its own. */
async function scp(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'beside-scp-'));
  try {
    const port = await freePort();
    for (const name of ['host', 'user']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    execFileSync('cp', [join(folder, 'user.pub'), join(folder, 'authorized')]);
    const settings = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `AuthorizedKeysFile ${folder}/authorized`, 'StrictModes no', 'UsePAM no', `PidFile ${folder}/pid`, 'PermitRootLogin yes', 'Subsystem sftp internal-sftp'];
    writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
    execFileSync('mkdir', ['-p', '/run/sshd']);
    start('/usr/sbin/sshd', ['-D', '-f', join(folder, 'sshd_config')]);
    await listening(port);
    execFileSync('dd', ['if=/dev/urandom', `of=${join(folder, 'from')}`, 'bs=1M', `count=${SIZE_MIB}`, 'status=none']);
    const options = ['-q', '-P', String(port), '-i', join(folder, 'user'), '-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${folder}/known`];
    return await rate(() => Program.run('scp', [...options, join(folder, 'from'), `${userInfo().username}@127.0.0.1:${join(folder, 'to')}`]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
