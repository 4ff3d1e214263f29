import { useCallback, useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { EntriesTable } from "./entries-table";
import type { Entry, Files } from "./files";
import styles from "./files.module.css";
import { type FoundFile, gather, hasFolders, listLocal, ownProblem, pickFolder } from "./local-folder";
import { useDone } from "./use-done";

type LocalPaneProps = {
  files: Files;
  maySend: boolean;
  /** From the chosen folder to the one that is shown; empty: none is chosen. */
  folders: readonly FileSystemDirectoryHandle[];
  onFolders: (folders: readonly FileSystemDirectoryHandle[]) => void;
  onSend: (found: readonly FoundFile[], folders: readonly (readonly string[])[]) => void;
  /** Something of this computer cannot be read; kebab-case. */
  onProblem: (code: string) => void;
};

/** This computer's side: a folder of the operator's, or only what is sent and the browser's downloads. */
export function LocalPane(props: LocalPaneProps) {
  const { t } = useI18n();
  const shown = props.folders.at(-1);
  return (
    <section className={styles["pane"]} aria-label={t("console-files-here")}>
      {shown === undefined ? <NoFolder {...props} /> : <LocalFolder {...props} shown={shown} />}
    </section>
  );
}

function NoFolder({ maySend, onFolders, onSend }: LocalPaneProps) {
  const { t } = useI18n();
  const pick = async (from: Element) => {
    const folder = await pickFolder(from);
    if (folder !== null) onFolders([folder]);
  };
  return (
    <>
      <div className={styles["bar"]}>
        <span className={styles["side"]}>{t("console-files-here")}</span>
      </div>
      <div className={styles["calm"]}>
        <p>{t(hasFolders() ? "console-files-here-none" : "console-files-here-plain")}</p>
        <div className={styles["buttons"]}>
          {hasFolders() && (
            <Button small onPress={({ target }) => void pick(target)}>
              {t("console-files-pick")}
            </Button>
          )}
          {maySend && (
            <>
              <FileTrigger allowsMultiple onSelect={(list) => onSend(flat(list), [])}>
                <Button small look={hasFolders() ? "secondary" : "primary"}>
                  {t("console-files-send-files")}
                </Button>
              </FileTrigger>
              <FileTrigger acceptDirectory onSelect={(list) => onSend(byPath(list), [])}>
                <Button small>{t("console-files-send-folder")}</Button>
              </FileTrigger>
            </>
          )}
        </div>
      </div>
    </>
  );
}

function LocalFolder({
  files,
  maySend,
  folders,
  onFolders,
  onSend,
  onProblem,
  shown,
}: LocalPaneProps & { shown: FileSystemDirectoryHandle }) {
  const { t } = useI18n();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { entries, refresh } = useLocalEntries(shown, files);
  const send = async (names: readonly string[]) => {
    try {
      const found = await gather(shown, names);
      onSend(found.files, found.folders);
    } catch (error) {
      onProblem(ownProblem(error));
    }
  };
  const act = async (entry: Entry) => {
    if (entry.kind !== "folder") return maySend ? send([entry.name]) : undefined;
    try {
      onFolders([...folders, await shown.getDirectoryHandle(entry.name)]);
      setSelected(new Set());
    } catch (error) {
      onProblem(ownProblem(error));
    }
  };
  return (
    <>
      <div className={styles["bar"]}>
        <span className={styles["side"]}>{t("console-files-here")}</span>
        <span className={styles["path"]}>{folders.map(({ name }) => name).join(" / ")}</span>
        <Button small look="quiet" onPress={() => onFolders(folders.slice(0, -1))}>
          {t(folders.length > 1 ? "console-files-up" : "console-files-other")}
        </Button>
        <Button small look="quiet" onPress={refresh}>
          {t("console-files-refresh")}
        </Button>
        {maySend && (
          <Button
            small
            look="primary"
            isDisabled={selected.size === 0}
            onPress={() => void send([...selected])}
          >
            {t("console-files-send")}
          </Button>
        )}
      </div>
      <div className={styles["scroll"]}>
        <EntriesTable
          label={t("console-files-here")}
          entries={entries}
          empty={t("console-files-empty")}
          selected={selected}
          onSelect={setSelected}
          onAction={(entry) => void act(entry)}
        />
      </div>
    </>
  );
}

/** What stands in the folder; read again whenever a fetched file is done. */
function useLocalEntries(shown: FileSystemDirectoryHandle, files: Files) {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const asked = useRef(0);
  const refresh = useCallback(() => {
    asked.current += 1;
    const own = asked.current;
    listLocal(shown).then(
      (found) => {
        if (own === asked.current) setEntries(found);
      },
      () => {
        if (own === asked.current) setEntries([]);
      },
    );
  }, [shown]);
  useEffect(refresh, [refresh]);
  useDone(files.queue, "fetch", refresh);
  return { entries, refresh };
}

function flat(list: FileList | null): FoundFile[] {
  return [...(list ?? [])].map((file) => ({ file, names: [file.name] }));
}

function byPath(list: FileList | null): FoundFile[] {
  return [...(list ?? [])].map((file) => ({ file, names: file.webkitRelativePath.split("/") }));
}
