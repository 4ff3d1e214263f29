import { readFileSync } from "node:fs";

/** Texts that are more than texts wherever they are not taken for texts; the server's tests have the same ones. */
export const HOSTILE_TEXTS: readonly string[] = JSON.parse(
  readFileSync("../e2e/parts/hostile-texts.json", "utf8"),
);
