// A program that the customer's desktop takes for its browser and its file manager, as it would any other.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Desktop } from "./desktop.ts";

const TYPES = ["x-scheme-handler/http", "x-scheme-handler/https", "inode/directory"];

/** Installs it; gives a look at what it was told to open: addresses and folders, in order. */
export async function installOpener({ home }: Desktop): Promise<() => Promise<string[]>> {
  const [program, seen] = [join(home, "opener"), join(home, "opened")];
  const [applications, settings] = [join(home, ".local/share/applications"), join(home, ".config")];
  await Promise.all([applications, settings].map((folder) => mkdir(folder, { recursive: true })));
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" >> '${seen}'\n`);
  await chmod(program, 0o755);
  const entry = ["[Desktop Entry]", "Type=Application", "Name=Opener", `Exec=${program} %u`, `MimeType=${TYPES.join(";")};`, ""];
  await writeFile(join(applications, "opener.desktop"), entry.join("\n"));
  const defaults = TYPES.map((type) => `${type}=opener.desktop`);
  await writeFile(join(settings, "mimeapps.list"), ["[Default Applications]", ...defaults, ""].join("\n"));
  return async () => (await readFile(seen, "utf8").catch(() => "")).split("\n").filter(Boolean);
}
