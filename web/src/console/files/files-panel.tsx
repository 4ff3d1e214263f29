import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { fetchCopied } from "../clipboard/fetch-copied";
import type { Session } from "../session/session";
import { useRights } from "../tools/use-rights";
import { usePart, useStore } from "../use-store";
import { fetchEntries } from "./fetch-entries";
import type { Entry } from "./files";
import styles from "./files.module.css";
import { FOUND_MAX, type FoundFile } from "./local-folder";
import { LocalPane } from "./local-pane";
import { useProblemText } from "./problem-text";
import type { Rule } from "./queue";
import { QueueView } from "./queue-view";
import { RemotePane } from "./remote-pane";
import { deleteForgotten } from "./save-file";
import { codeOf, useRemoteFolder } from "./use-remote-folder";

const RULES: readonly Rule[] = ["ask", "overwrite", "keep-both", "newer", "skip"];

/** Files between this computer and the customer's: two panes, and the queue below them [F-02, F-16, F-17]. */
export function FilesPanel({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useI18n();
  const { files } = session;
  const rights = useRights(session);
  const link = usePart(session.live, (live) => live.link);
  const paused = usePart(session.live, (live) => live.paused);
  const remote = useRemoteFolder(files, rights.browseFiles && link === "connected" && !paused);
  const folders = useStore(files.ownFolders);
  const [rule, setRule] = useState<Rule>("ask");
  const [problem, setProblem] = useState<string | null>(null);
  const problemText = useProblemText();
  useEffect(() => void deleteForgotten(Date.now()), []);
  /** The panel is closed: nobody waits for what is still looked for. */
  const closing = useRef(new AbortController());
  useEffect(() => {
    const open = new AbortController();
    closing.current = open;
    return () => open.abort();
  }, []);

  const send = async (found: readonly FoundFile[], made: readonly (readonly string[])[]) => {
    const folder = rights.changeFiles ? await remote.target() : "";
    setProblem(found.length + made.length >= FOUND_MAX ? "files-too-many" : null);
    for (const { file, names } of found.slice(0, FOUND_MAX)) {
      // Of this page: what another window made ends with it, and the queue goes on.
      files.send({ file: structuredClone(file), folder, names }, rule);
    }
    try {
      // Files bring the folders above them; those without any file are made for themselves.
      for (const names of withoutFiles(made, found)) await files.makeFolder(folder, names, true);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  const fetch = async (entries: readonly Entry[]) => {
    const { path } = remote;
    if (path === null) return;
    try {
      const all = await fetchEntries(files, path, entries, rule, closing.current.signal);
      setProblem(all ? null : "files-too-many");
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  const decideAll = (next: Rule) => {
    setRule(next);
    // Those that ask already are meant as well.
    for (const job of files.queue.jobs.get()) if (job.state === "asking") files.decide(job.id, next);
  };

  /** What the customer copied is fetched here [S-11]. */
  const paste = (event: KeyboardEvent) => {
    const { ctrlKey, metaKey, key } = event;
    if (!(ctrlKey || metaKey) || key.toLowerCase() !== "v") return;
    if (session.clipboard.copiedFiles.get().length === 0) return;
    event.preventDefault();
    fetchCopied(session).catch((error: unknown) => setProblem(codeOf(error)));
  };

  return (
    <section className={styles["panel"]} aria-label={t("console-files")} onKeyDown={paste}>
      <div className={styles["title"]}>
        <h2>{t("console-files")}</h2>
        {problem !== null && <span role="alert">{problemText(problem)}</span>}
        {(rights.changeFiles || rights.fetchFiles) && (
          <label className={styles["rule"]}>
            {t("console-files-rule")}
            <select
              className={styles["choice"]}
              value={rule}
              onChange={(event) => decideAll(RULES.find((each) => each === event.target.value) ?? "ask")}
            >
              {RULES.map((each) => (
                <option key={each} value={each}>
                  {t(`console-files-rule-${each}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button small look="quiet" aria-label={t("console-files-close")} onPress={onClose}>
          ✕
        </Button>
      </div>
      <LocalPane
        files={files}
        maySend={rights.sendFiles}
        folders={folders}
        onFolders={files.ownFolders.set.bind(files.ownFolders)}
        onSend={(found, made) => void send(found, made)}
        onProblem={setProblem}
      />
      <RemotePane
        files={files}
        rights={rights}
        remote={remote}
        onFetch={(entries) => void fetch(entries)}
        onSend={(found, made) => void send(found, made)}
        onProblem={setProblem}
      />
      <QueueView files={files} />
    </section>
  );
}

/** Folders in which no file stands, at whatever depth. */
function withoutFiles(
  made: readonly (readonly string[])[],
  found: readonly FoundFile[],
): (readonly string[])[] {
  const paths = found.map(({ names }) => `${names.join("/")}/`);
  return made.filter((names) => !paths.some((path) => path.startsWith(`${names.join("/")}/`)));
}
