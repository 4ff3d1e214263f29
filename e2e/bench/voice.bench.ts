// The voice bench (`cargo xtask bench voice`): how long a sound takes from one side's microphone to the other's speaker, through
// microphone, page or app, network and sound servers [F-14].
import { chromium, expect, test } from '@playwright/test';
import { Case } from '../parts/case.ts';
import { chromiumArguments, chromiumPath } from '../parts/chromium.ts';
import { Sound } from '../parts/sound.ts';
import { text } from '../parts/translations.ts';
import { figure, percentile } from './figures.ts';

const SECONDS = Number(process.env['BENCH_VOICE_SECONDS'] ?? 30);

test('voice of beside', async () => {
  const [operators, customers] = await Promise.all([Sound.start(), Sound.start()]);
  const env = { ...process.env, ...operators.env } as Record<string, string>;
  const ignoreDefaultArgs = ['--mute-audio'];
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments, ignoreDefaultArgs, env });
  const at = await Case.start(browser);
  try {
    await at.operator.context.grantPermissions(['microphone']);
    Object.assign(at.desktop.env, customers.env);
    const app = await at.join();
    const { page } = at.operator;
    await page.keyboard.press('Control+Alt+v');
    const allow = text(at.language, 'customer-ask-allow');
    await expect(async () => {
      // In its first moment the question takes no press.
      if (await app.shows('button', allow)) await app.press('button', allow);
      await expect(at.operator.says('console-voice-on')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    for (const [workload, from, to] of [
      ['to_customer', operators, customers],
      ['to_operator', customers, operators],
    ] as const) {
      from.speak();
      // Echo cancellation and the buffers have settled by then.
      await page.waitForTimeout(5_000);
      const delays = await from.delaysTo(to, SECONDS);
      await from.silent();
      figure({ bench: 'voice', system: 'beside' }, workload, 'latency_p50', percentile(delays, 0.5));
      figure({ bench: 'voice', system: 'beside' }, workload, 'latency_p95', percentile(delays, 0.95));
    }
    await app.program.stop();
  } finally {
    await at.stop();
    await browser.close();
    await Promise.all([operators.stop(), customers.stop()]);
  }
});
