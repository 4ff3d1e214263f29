import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath, headlessPath } from "./parts/chromium.ts";

/** A test that looks at pictures a second, keys a second or the like gets the whole machine. */
const ALONE = /@alone/;

// Each test has a server, a browser and often a desktop of its own. They wait more than they work, so three run at a time on two processors.
// `cargo xtask e2e` runs the two projects one after the other; Playwright by itself would mix them.
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  workers: 3,
  fullyParallel: false,
  projects: [
    { name: "together", grepInvert: ALONE, outputDir: "test-results/together", use: browser(headlessPath) },
    // With the browser that operators have: among others only a whole one tells a page that its window lost the focus.
    { name: "alone", grep: ALONE, workers: 1, outputDir: "test-results/alone", use: browser(chromiumPath) },
  ],
  retries: 0,
  // What a screen reader finds in each page: one file a page and language, whichever spec looks at it.
  snapshotPathTemplate: "{testDir}/snapshots/{arg}{ext}",
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    ignoreHTTPSErrors: true,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1360, height: 860 },
    screenshot: "only-on-failure",
    // Without film and without a copy of the page at each step, which make every test take twice as long; `--trace on` has them.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
  },
});

function browser(executablePath: string) {
  return { launchOptions: { executablePath, args: chromiumArguments } };
}
