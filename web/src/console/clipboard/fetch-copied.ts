import { fetchEntries } from "../files/fetch-entries";
import { above } from "../files/remote-walk";
import type { Session } from "../session/session";

/** Fetches the files that the customer copied: into the folder that the operator has open, else into the downloads. */
export async function fetchCopied(session: Session): Promise<void> {
  const { clipboard, files } = session;
  const copied = clipboard.copiedFiles.get();
  const byFolder = new Map<string, (typeof copied)[number][]>();
  for (const file of copied) {
    const folder = above(file.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  clipboard.forgetFiles();
  session.filesWanted.set(session.filesWanted.get() + 1);
  for (const [folder, inFolder] of byFolder) {
    const entries = inFolder.map(({ path, folder: isFolder, size_bytes, modified_ms }) => ({
      name: path.slice(path.lastIndexOf("/") + 1),
      kind: isFolder ? ("folder" as const) : ("file" as const),
      size_bytes,
      modified_ms,
      link: false,
    }));
    await fetchEntries(files, folder, entries, "keep-both", new AbortController().signal);
  }
}
