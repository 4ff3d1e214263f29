// Debian's Chromium, and what it must be told to stay quiet on a machine without internet.
import { existsSync } from "node:fs";

/** The whole browser: with windows, tabs and a screen to share. */
export const chromiumPath = process.env["BESIDE_CHROMIUM"] ?? "/usr/bin/chromium";

/** The same engine without the parts that draw a window, which headless Chromium keeps busy too. */
export const headlessPath = process.env["BESIDE_CHROMIUM"] ?? "/usr/bin/chromium-headless-shell";

export const chromiumArguments: string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Root has no sandbox; others keep theirs where the kernel lets them.
  ...(process.getuid?.() === 0 || existsSync("/.dockerenv") ? ["--no-sandbox"] : []),
];
