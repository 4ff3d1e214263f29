import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./parts/chromium.ts";

// Each test has a server, a browser and often a desktop of its own; two at once would fight for the two cores that
// the tests must do with, so they run one after the other.
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // What a screen reader finds in each page: one file a page and language, whichever spec looks at it.
  snapshotPathTemplate: "{testDir}/snapshots/{arg}{ext}",
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    ignoreHTTPSErrors: true,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1360, height: 860 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: { executablePath: chromiumPath, args: chromiumArguments },
  },
});
