import { useState } from "react";
import { type DropItem, DropZone } from "react-aria-components";
import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { shown } from "../../shared/strangers-text";
import { Button } from "../../shared/ui/button";
import type { Rights } from "../session/session-view";
import { type Change, ChangeDialogs } from "./change-dialogs";
import { EntriesTable } from "./entries-table";
import type { Entry, Files, PlaceKind } from "./files";
import styles from "./files.module.css";
import { type FoundFile, ownProblem } from "./local-folder";
import { useProblemText } from "./problem-text";
import { above, below } from "./remote-walk";
import type { RemoteFolder } from "./use-remote-folder";

type RemotePaneProps = {
  files: Files;
  rights: Rights;
  remote: RemoteFolder;
  onFetch: (entries: readonly Entry[]) => void;
  onSend: (found: readonly FoundFile[], folders: readonly (readonly string[])[]) => void;
  /** Something of this computer cannot be read; kebab-case. */
  onProblem: (code: string) => void;
};

/** The customer's side: their folders, or the place where what is sent arrives. */
export function RemotePane(props: RemotePaneProps) {
  const { t } = useI18n();
  const { rights, onSend, onProblem } = props;
  const drop = async (items: readonly DropItem[]) => {
    const found = { files: [] as FoundFile[], folders: [] as string[][] };
    try {
      for (const item of items) await dropped(item, [], found);
    } catch (error) {
      onProblem(ownProblem(error));
      return;
    }
    onSend(found.files, found.folders);
  };
  const content = rights.browseFiles ? <Browser {...props} /> : <OnlySend />;
  if (!rights.sendFiles)
    return (
      <section className={styles["pane"]} aria-label={t("console-files-there")}>
        {content}
      </section>
    );
  return (
    <DropZone
      className={styles["pane"] ?? ""}
      aria-label={t("console-files-there")}
      getDropOperation={() => "copy"}
      onDrop={({ items }) => void drop(items)}
    >
      {content}
    </DropZone>
  );
}

function OnlySend() {
  const { t } = useI18n();
  return (
    <>
      <div className={styles["bar"]}>
        <span className={styles["side"]}>{t("console-files-there")}</span>
      </div>
      <div className={styles["calm"]}>
        <p>{t("console-files-only-send")}</p>
      </div>
    </>
  );
}

function Browser({ files, rights, remote, onFetch }: RemotePaneProps) {
  const { t } = useI18n();
  const problem = useProblemText();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [change, setChange] = useState<Change | null>(null);
  const { path, folder } = remote;
  const chosen = folder?.entries.filter(({ name }) => selected.has(name)) ?? [];
  const one = chosen.length === 1 ? chosen[0] : undefined;
  const go = (next: string) => {
    setSelected(new Set());
    remote.go(next);
  };
  const act = (entry: Entry) => {
    if (path !== null && entry.kind === "folder") go(below(path, entry.name));
    else if (entry.kind === "file" && rights.fetchFiles) onFetch([entry]);
  };
  return (
    <>
      <Way remote={remote} onGo={go} />
      <div className={styles["bar"]}>
        {rights.fetchFiles && (
          <Button small look="primary" isDisabled={chosen.length === 0} onPress={() => onFetch(chosen)}>
            {t("console-files-fetch")}
          </Button>
        )}
        {rights.changeFiles && (
          <>
            <Button small isDisabled={folder === null} onPress={() => setChange({ kind: "folder" })}>
              {t("console-files-new-folder")}
            </Button>
            <Button
              small
              isDisabled={one === undefined}
              onPress={() => one !== undefined && setChange({ kind: "rename", name: one.name })}
            >
              {t("console-files-rename")}
            </Button>
            <Button
              small
              isDisabled={chosen.length === 0}
              onPress={() => setChange({ kind: "delete", names: chosen.map(({ name }) => name) })}
            >
              {t("console-files-delete")}
            </Button>
          </>
        )}
        <Facts remote={remote} />
      </div>
      {remote.problem !== null && (
        <p className={styles["problem"]} role="alert">
          {problem(remote.problem)}
        </p>
      )}
      <div className={styles["scroll"]} aria-busy={remote.loading}>
        {folder !== null && (
          <EntriesTable
            label={t("console-files-there")}
            entries={folder.entries}
            empty={t("console-files-empty")}
            selected={selected}
            onSelect={setSelected}
            onAction={act}
          />
        )}
        {folder === null && remote.loading && (
          <p className={styles["empty"]} role="status">
            {t("console-files-reading")}
          </p>
        )}
      </div>
      {change !== null && path !== null && (
        <ChangeDialogs
          files={files}
          path={path}
          change={change}
          onClose={(done) => {
            setChange(null);
            if (done) go(path);
          }}
        />
      )}
    </>
  );
}

/** Where it is, and the ways from there. */
function Way({ remote, onGo }: { remote: RemoteFolder; onGo: (path: string) => void }) {
  const { t } = useI18n();
  const { path, places } = remote;
  return (
    <div className={styles["bar"]}>
      <span className={styles["side"]}>{t("console-files-there")}</span>
      <select
        className={styles["choice"]}
        aria-label={t("console-files-places")}
        value={places.find((place) => place.path === path)?.path ?? ""}
        onChange={(event) => onGo(event.target.value)}
      >
        <option value="" disabled>
          {t("console-files-places")}
        </option>
        {places.map((place) => (
          <option key={place.path} value={place.path}>
            {t(PLACE_TEXTS[place.kind])}
          </option>
        ))}
      </select>
      <span className={styles["path"]} title={shown(path ?? "")}>
        <bdi>{shown(path ?? "")}</bdi>
      </span>
      <Button
        small
        look="quiet"
        isDisabled={path === null || path === "/"}
        onPress={() => path !== null && onGo(above(path))}
      >
        {t("console-files-up")}
      </Button>
      <Button small look="quiet" onPress={remote.refresh}>
        {t("console-files-refresh")}
      </Button>
    </div>
  );
}

const PLACE_TEXTS: Readonly<Record<PlaceKind, string>> = {
  home: "console-files-place-home",
  desktop: "console-files-place-desktop",
  documents: "console-files-place-documents",
  downloads: "console-files-place-downloads",
  root: "console-files-place-root",
};

function Facts({ remote: { folder } }: { remote: RemoteFolder }) {
  const { t, locale } = useI18n();
  if (folder === null) return null;
  const facts = [
    folder.writable
      ? t("console-files-free", { size: sizeText(folder.free_bytes, locale) })
      : t("console-files-not-writable"),
    folder.cut ? t("console-files-cut") : "",
    folder.unnamed > 0 ? t("console-files-unnamed", { count: folder.unnamed }) : "",
  ];
  return <span className={styles["note"]}>{facts.filter(Boolean).join(" · ")}</span>;
}

async function dropped(
  item: DropItem,
  names: readonly string[],
  found: { files: FoundFile[]; folders: string[][] },
): Promise<void> {
  if (item.kind === "text") return;
  const named = [...names, item.name];
  if (item.kind === "file") {
    found.files.push({ file: await item.getFile(), names: named });
    return;
  }
  found.folders.push(named);
  for await (const inner of item.getEntries()) await dropped(inner, named, found);
}
