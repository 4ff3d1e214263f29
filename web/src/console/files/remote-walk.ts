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

/** As deep as a target may be. */
const DEPTH_MAX = 64;

/** What was found, and whether that is all. */
export type Walked = { readonly files: readonly RemoteFile[]; readonly cut: boolean };

/**
 * The files among these entries, and those below the folders among them: no more than a session moves, from no more folders
 * than that, since the customer's app could name ever more. No link to a folder is followed: it may lead in a circle.
 */
export async function walkRemote(
  files: Pick<Files, "list">,
  path: string,
  entries: readonly Entry[],
  over: AbortSignal,
): Promise<Walked> {
  const found: RemoteFile[] = [];
  const walk = { files, over, found, folders: 0, cut: false };
  await step(walk, path, [], entries);
  return { files: found, cut: walk.cut };
}

type Walk = {
  readonly files: Pick<Files, "list">;
  readonly over: AbortSignal;
  readonly found: RemoteFile[];
  folders: number;
  cut: boolean;
};

async function step(
  walk: Walk,
  path: string,
  names: readonly string[],
  entries: readonly Entry[],
): Promise<void> {
  for (const entry of entries) {
    const { files, over, found } = walk;
    const isFolder = entry.kind === "folder" && !entry.link;
    if (over.aborted || (entry.kind !== "file" && !isFolder)) continue;
    const named = [...names, entry.name];
    if (found.length >= FOUND_MAX || walk.folders >= FOUND_MAX || named.length > DEPTH_MAX) {
      walk.cut = true;
      return;
    }
    const own = below(path, entry.name);
    if (isFolder) {
      walk.folders += 1;
      await step(walk, own, named, (await files.list(own)).entries);
    } else found.push({ path: own, names: named, entry });
  }
}
