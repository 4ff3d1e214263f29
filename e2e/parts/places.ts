// Where the programs under test lie.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const e2eFolder = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(e2eFolder);

const folders = [
  process.env["BESIDE_PROGRAMS"],
  process.env["CARGO_TARGET_DIR"] === undefined ? undefined : join(process.env["CARGO_TARGET_DIR"], "debug"),
  join(root, "target", "debug"),
];

/** A program of the workspace (`beside-server`), or an example (`examples/target`). */
export function program(name: string): string {
  for (const folder of folders) {
    if (folder !== undefined && existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`${name} is not built: run \`cargo xtask e2e\`, which builds it first`);
}
