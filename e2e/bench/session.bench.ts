// The session bench (`cargo xtask bench session`): what a second viewer costs the customer's app [F-18], and how late each voice
// is at the other end [F-14].
import { type Browser, chromium, expect, test } from '@playwright/test';
import { Case } from '../parts/case.ts';
import { chromiumArguments, chromiumPath } from '../parts/chromium.ts';
import { button, invite, secondOperator } from '../parts/second.ts';
import { Sound } from '../parts/sound.ts';
import { text } from '../parts/translations.ts';
import { figure, type Measured, percentile } from './figures.ts';
import { countBytes, receivedBytes } from './probe.ts';
import { cpuSeconds, start, stopAll } from './processes.ts';

const WORKLOAD = process.env['PICTURE_WORKLOAD'] ?? '../target/release/picture-workload';
/** Of each measurement of processor time, and of each voice. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const ours: Measured = { bench: 'session', system: 'beside' };

test.describe.configure({ mode: 'serial' });
test.afterEach(stopAll);

test('a second viewer', async ({ browser }) => {
  const desktop = { width: 1920, height: 1080 };
  const at = await Case.start(browser, { desktop, options: { consent_before_invite: false }, prepare: ({ page }) => countBytes(page) });
  try {
    const app = await at.join();
    await expect(at.operator.exactSign).toBeVisible();
    const { page } = at.operator;
    /** Processor time of the app, and what the first viewer got for it: one that gets less costs less. */
    const costs = async (workload: 'typing' | 'scroll') => {
      const scene = start(WORKLOAD, [workload, '--pictures', '0'], { DISPLAY: at.desktop.display });
      await page.waitForTimeout(3_000);
      const before = { cpu: cpuSeconds([app.program.pid]), bytes: await receivedBytes(page) };
      await page.waitForTimeout(SECONDS * 1_000);
      const cpu = cpuSeconds([app.program.pid]) - before.cpu;
      const bytes = (await receivedBytes(page)) - before.bytes;
      await scene.stop();
      return { cpu, bytes };
    };
    const alone = { typing: await costs('typing'), scroll: await costs('scroll') };
    const { second } = await secondOperator(at, browser);
    await invite(at, 'view');
    await button(at, second.page, 'console-second-accept').click();
    await expect(second.exactSign).toBeVisible();
    for (const workload of ['typing', 'scroll'] as const) {
      const both = await costs(workload);
      const one = alone[workload];
      figure(ours, workload, 'cpu_seconds', one.cpu);
      figure(ours, workload, 'bytes', one.bytes);
      figure(ours, workload, 'bytes_with_second', both.bytes / one.bytes);
      figure(ours, workload, 'cpu_with_second', both.cpu / both.bytes / (one.cpu / one.bytes));
    }
    await second.context.close();
    await at.leave(app);
  } finally {
    await at.stop();
  }
});

test('voice', async () => {
  const [operators, customers] = await Promise.all([Sound.start(), Sound.start()]);
  let browser: Browser | undefined;
  let at: Case | undefined;
  try {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: chromiumArguments,
      ignoreDefaultArgs: ['--mute-audio'],
      env: { ...process.env, ...operators.env } as Record<string, string>,
    });
    at = await Case.start(browser);
    const { page, context } = at.operator;
    await context.grantPermissions(['microphone']);
    Object.assign(at.desktop.env, customers.env);
    const app = await at.join();
    await page.keyboard.press('Control+Alt+t');
    await app.answer(text(at.language, 'customer-ask-allow'), at.operator.says('console-voice-on'));
    for (const [workload, from, to] of [['voice-to-customer', operators, customers], ['voice-to-operator', customers, operators]] as const) {
      from.speak();
      await page.waitForTimeout(3_000);
      const { delays, lost } = await from.delaysTo(to, SECONDS);
      await from.silent();
      figure(ours, workload, 'lost', lost);
      figure(ours, workload, 'latency_p50', percentile(delays, 0.5));
      figure(ours, workload, 'latency_p95', percentile(delays, 0.95));
    }
    await at.leave(app);
  } finally {
    await at?.stop();
    await browser?.close();
    await Promise.all([operators.stop(), customers.stop()]);
  }
});
