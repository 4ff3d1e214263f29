import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../parts/chromium.ts";

// Measurements, one after the other on an otherwise quiet machine (`cargo xtask bench`).
export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  workers: 1,
  retries: 0,
  timeout: 1_200_000,
  reporter: [["list"]],
  outputDir: "../test-results/bench",
  use: {
    ignoreHTTPSErrors: true,
    launchOptions: { executablePath: chromiumPath, args: chromiumArguments },
  },
});
