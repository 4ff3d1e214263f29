import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { shown } from "../../shared/strangers-text";
import { FormDialog } from "../../shared/ui/dialog";
import { TextField } from "../../shared/ui/text-field";
import type { Files } from "./files";
import { useProblemText } from "./problem-text";
import { below } from "./remote-walk";
import { codeOf } from "./use-remote-folder";

/** What is to be changed in a folder of the customer's. */
export type Change =
  | { readonly kind: "folder" }
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "delete"; readonly names: readonly string[] };

type ChangeProps = {
  files: Files;
  path: string;
  change: Change;
  /** `done`: something is different now. */
  onClose: (done: boolean) => void;
};

/** Asks for a name, or whether it is meant; what the customer's app refuses stands there in words. */
export function ChangeDialogs({ files, path, change, onClose }: ChangeProps) {
  const { t } = useI18n();
  const problem = useProblemText();
  const [name, setName] = useState(change.kind === "rename" ? change.name : "");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async () => {
    setPending(true);
    try {
      await perform(files, path, change, name);
      onClose(true);
    } catch (refused) {
      setError(problem(codeOf(refused)));
      setPending(false);
    }
  };
  const deletes = change.kind === "delete";
  return (
    <FormDialog
      open
      title={t(`console-files-${change.kind}-title`)}
      submitLabel={t(deletes ? "console-files-delete" : "shared-save")}
      danger={deletes}
      pending={pending}
      error={error}
      onClose={() => onClose(false)}
      onSubmit={() => void submit()}
    >
      {deletes ? (
        <p>
          {t("console-files-delete-text", { count: change.names.length, name: shown(change.names[0] ?? "") })}
        </p>
      ) : (
        <TextField
          label={t("console-files-name")}
          name="name"
          value={name}
          onChange={setName}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}

async function perform(files: Files, path: string, change: Change, name: string): Promise<void> {
  switch (change.kind) {
    case "folder":
      return files.makeFolder(path, [name.trim()]);
    case "rename":
      return files.rename(below(path, change.name), name.trim());
    case "delete":
      for (const each of change.names) await files.delete(below(path, each));
  }
}
