import type { Entry, Files } from "./files";
import { placeIn } from "./local-folder";
import type { Rule } from "./queue";
import { walkRemote } from "./remote-walk";
import { privateName } from "./save-file";

/** Queues what stands in these entries of the customer's. Gives whether that is all of it; throws what listing throws. */
export async function fetchEntries(
  files: Files,
  path: string,
  entries: readonly Entry[],
  rule: Rule,
  over: AbortSignal,
): Promise<boolean> {
  const root = files.ownFolders.get().at(-1);
  const found = await walkRemote(files, path, entries, over);
  if (over.aborted) return true;
  for (const { path: from, names, entry } of found.files) {
    const { size_bytes, modified_ms } = entry;
    const place = (under: Rule) =>
      root === undefined ? Promise.resolve(toDownloads(names)) : placeIn(root, names, under, modified_ms);
    files.fetch(names.join("/"), { path: from, size_bytes, modified_ms, place }, rule);
  }
  return !found.cut;
}

function toDownloads(names: readonly string[]) {
  const target = { kind: "private", name: privateName(Date.now()) } as const;
  return { kind: "to", target, saveAs: names.at(-1) ?? "" } as const;
}
