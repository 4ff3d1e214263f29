// Displays whose screen cannot be shared, or not at its best: both sides are told in plain words what is the
// matter, and nobody is left waiting.
import { expect, test } from "@playwright/test";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import type { DesktopOptions } from "./parts/desktop.ts";
import { labels } from "./parts/labels.ts";
import { text } from "./parts/translations.ts";

const refused: [string, DesktopOptions, RegExp, string][] = [
  ["16 bits", { depth: 16 }, /colour depth of this screen \(16\) is not supported/, "screen-depth"],
  ["30 bits", { depth: 30 }, /colour depth of this screen \(30\) is not supported/, "screen-depth"],
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
      await expect.poll(async () => (await at.newestRecord()).end_reason).toBe(reason);
    } finally {
      await at.stop();
    }
  });
}

/** nobody is told of a control that there is not: not the customer, not the operator, not who reads the record. */
test("a display without XTEST is seen, and never said to be controlled", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: { without: ["XTEST"] } });
  const say = labels[at.language];
  try {
    // Without XTEST the customer of this test has no mouse either.
    const code = await at.operator.newSession();
    const app = await App.prepared(at.desktop, at.server, { language: at.language, code });
    await app.activate("button", say.next);
    await app.activate("button", say.agree);
    await app.find("text", text(at.language, "customer-bar-no-input"));
    expect(await app.shows("switch", say.allowControl)).toBe(false);
    const { page } = at.operator;
    const why = text(at.language, "console-unsupported-input-no-xtest");
    await expect(page.getByTitle(why, { exact: true })).toContainText(text(at.language, "console-view-only"));
    await expect(page.getByRole("status").filter({ hasText: why })).toBeVisible();
    await expect(page.getByRole("button", { name: say.control, exact: true })).toBeHidden();
    await expect(at.operator.exactSign).toBeVisible({ timeout: 30_000 });
    await at.operator.end();
    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("operator-ended");
    expect(await at.lines("unsupported")).toEqual([expect.objectContaining({ what: "input-no-xtest" })]);
    expect(await at.lines("control-changed")).toEqual([]);
  } finally {
    await at.stop();
  }
});

/** And how the record says it is captured, where that is not as the option wants it [S-04]. */
const shared: [string, DesktopOptions, string | null][] = [
  ["no MIT-SHM", { without: ["MIT-SHM"] }, "capture-fast-no-shared-memory"],
  ["no DAMAGE goes on the compatible way, and", { without: ["DAMAGE"] }, "capture-plain-no-damage"],
  ["16,000 pixels of width", { width: 16_000, height: 1_200 }, null],
];

for (const [name, desktop, line] of shared) {
  test(`a display of ${name} is seen`, async ({ browser }) => {
    const at = await Case.start(browser, { desktop });
    try {
      const app = await at.join();
      await expect(at.operator.exactSign).toBeVisible({ timeout: 30_000 });
      if (line !== null) await expect.poll(() => at.lines(line)).toHaveLength(1);
      await at.leave(app);
    } finally {
      await at.stop();
    }
  });
}
