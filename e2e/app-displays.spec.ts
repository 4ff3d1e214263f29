// Displays whose screen cannot be shared, or not at its best: both sides are told in plain words what is the
// matter, and nobody is left waiting.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import type { DesktopOptions } from "./parts/desktop.ts";
import { labels } from "./parts/labels.ts";

const refused: [string, DesktopOptions, RegExp, string][] = [
  ["16 bits", { depth: 16 }, /colour depth of this screen \(16\) is not supported/, "screen-depth"],
  ["30 bits", { depth: 30 }, /colour depth of this screen \(30\) is not supported/, "screen-depth"],
  ["no DAMAGE", { without: ["DAMAGE"] }, /cannot be shared \(display server has no DAMAGE\)/, "screen-missing"],
];

for (const [name, desktop, words, reason] of refused) {
  test(`a display of ${name} is told to both sides, and stands in the record`, async ({ browser }) => {
    const at = await Case.start(browser, { desktop });
    try {
      const app = await at.arrive(await at.operator.newSession());
      await app.press("button", labels[at.language].agree);
      await app.find("text", words);
      await app.gone("button", labels[at.language].stop);
      await expect(at.operator.says(`console-end-${reason}`)).toBeVisible();
      await expect.poll(async () => (await at.record()).end_reason).toBe(reason);
    } finally {
      await at.stop();
    }
  });
}

const shared: [string, DesktopOptions][] = [
  ["no MIT-SHM", { without: ["MIT-SHM"] }],
  ["16,000 pixels of width", { width: 16_000, height: 1_200 }],
];

for (const [name, desktop] of shared) {
  test(`a display of ${name} is seen`, async ({ browser }) => {
    const at = await Case.start(browser, { desktop });
    try {
      const app = await at.join();
      await expect(at.operator.exactSign).toBeVisible({ timeout: 30_000 });
      await at.leave(app);
    } finally {
      await at.stop();
    }
  });
}
