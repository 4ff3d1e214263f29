import type { Entry, Files } from "./files";
import { FOUND_MAX } from "./local-folder";

/** A file of the customer's, by the names of the folders that were chosen and its own. */
export type RemoteFile = { readonly path: string; readonly names: readonly string[]; readonly entry: Entry };

/** A path and a name below it. */
export function below(path: string, name: string): string {
  return path.endsWith("/") ? `${path}${name}` : `${path}/${name}`;
}

/** The folder above; the root is its own. */
export function above(path: string): string {
  const at = path.lastIndexOf("/");
  return at <= 0 ? "/" : path.slice(0, at);
}

/** The files among these entries, and those below the folders among them. No link to a folder is followed: it may lead in a circle. */
export async function walkRemote(
  files: Pick<Files, "list">,
  path: string,
  entries: readonly Entry[],
): Promise<RemoteFile[]> {
  const found: RemoteFile[] = [];
  await walk(files, path, [], entries, found);
  return found;
}

async function walk(
  files: Pick<Files, "list">,
  path: string,
  names: readonly string[],
  entries: readonly Entry[],
  found: RemoteFile[],
): Promise<void> {
  for (const entry of entries) {
    if (found.length >= FOUND_MAX) return;
    const own = below(path, entry.name);
    const named = [...names, entry.name];
    if (entry.kind === "file") found.push({ path: own, names: named, entry });
    else if (entry.kind === "folder" && !entry.link)
      await walk(files, own, named, (await files.list(own)).entries, found);
  }
}
