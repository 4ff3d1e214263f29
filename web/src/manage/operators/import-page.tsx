import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ErrorNote, InfoNote } from "../../shared/ui/note";
import { Card, keepFocus, Page, PageActions } from "../../shared/ui/page";
import { Progress } from "../../shared/ui/progress";
import { ConfirmPassword } from "../confirm-password";
import { ExportLink } from "../export-link";
import { BackLink } from "../frame/back-link";
import { Unsaved } from "../frame/unsaved";
import { ImportPreview } from "./import-preview";
import { bringPartIn, countsOf, goodRows, type Outcome, partsOf } from "./import-steps";
import { LicenceCounts } from "./licence-counts";
import styles from "./operators.module.css";
import { importRows, type PreviewRow, previewImport } from "./operators-api";

/** How an import ended. */
type Done = { text: string; refused: readonly PreviewRow[] };

/** Operators from a file [D-8]: choose, look at every row, bring the good ones in. */
export function ImportPage() {
  const i18n = useI18n();
  const { t } = i18n;
  const preview = useMutation({ mutationFn: look });
  const [file, setFile] = useState<File>();
  const [done, setDone] = useState<Done>();
  const choose = (files: FileList | null) => {
    const chosen = files?.item(0);
    setDone(undefined);
    if (chosen === null || chosen === undefined) return;
    setFile(chosen);
    preview.mutate({ file: chosen });
  };
  const lookAgain = (refused: readonly PreviewRow[]) => {
    if (file === undefined) return;
    setDone(undefined);
    preview.mutate({ file, lines: new Set(refused.map(({ line }) => line)) });
  };
  const rows = preview.data;
  return (
    <Page
      title={t("manage-operators-import")}
      lead={t("manage-import-lead")}
      trail={<BackLink to="/manage/$company/operators">{t("manage-item-operators")}</BackLink>}
    >
      <LicenceCounts />
      <Card>
        <div className={styles["fields"]}>
          <p>{t("manage-import-columns")}</p>
          <p>
            <ExportLink href="/api/manage/operators/export?format=xlsx" plain>
              {t("manage-import-example")}
            </ExportLink>
          </p>
          <div>
            <FileTrigger acceptedFileTypes={[".csv", ".xlsx"]} onSelect={choose}>
              <Button look={rows === undefined ? "primary" : "secondary"} isPending={preview.isPending}>
                {t("manage-import-choose")}
              </Button>
            </FileTrigger>
          </div>
          {preview.error !== null && <ErrorNote>{problemText(preview.error, i18n)}</ErrorNote>}
        </div>
      </Card>
      {done !== undefined && <InfoNote>{done.text}</InfoNote>}
      {done !== undefined && done.refused.length > 0 && (
        <>
          <ImportPreview rows={done.refused} />
          <PageActions>
            <Button look="primary" onPress={() => lookAgain(done.refused)}>
              {t("manage-import-again")}
            </Button>
          </PageActions>
        </>
      )}
      {rows !== undefined && (
        <Rows
          key={preview.submittedAt}
          rows={rows}
          onDone={(how) => {
            preview.reset();
            setDone(how);
            keepFocus();
          }}
        />
      )}
    </Page>
  );
}

/** Looks at every row of a file; at those that were refused, as they are now. The others have come in, and would come in again. */
async function look({ file, lines }: { file: File; lines?: ReadonlySet<number> }): Promise<PreviewRow[]> {
  const { rows } = await previewImport(file);
  return lines === undefined ? rows : rows.filter(({ line }) => lines.has(line));
}

type RowsProps = { rows: readonly PreviewRow[]; onDone: (done: Done) => void };

function Rows({ rows, onDone }: RowsProps) {
  const { t } = useI18n();
  const [asks, setAsks] = useState(false);
  const { bringIn, progress, stop } = useImport(rows, onDone);
  const counts = countsOf(rows);
  const good = counts.create + counts.update;
  return (
    <>
      <Unsaved changed={progress !== undefined} />
      <p role="status">{t("manage-import-counts", counts)}</p>
      {counts.bad > 0 && <InfoNote>{t("manage-import-bad", { bad: counts.bad })}</InfoNote>}
      <ImportPreview rows={rows} />
      {progress !== undefined && <Progress label={t("manage-import-running")} done={progress} total={good} />}
      <PageActions>
        <Button
          look="primary"
          isDisabled={good === 0 || progress !== undefined}
          onPress={() => setAsks(true)}
        >
          {t("manage-import-go", { good })}
        </Button>
        {progress !== undefined && <Button onPress={stop}>{t("manage-import-stop")}</Button>}
      </PageActions>
      {asks && (
        <ConfirmPassword
          title={t("manage-confirm-title")}
          submitLabel={t("manage-import-go", { good })}
          confirm={bringIn}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-import-confirm", { good, bad: counts.bad })}</p>
        </ConfirmPassword>
      )}
    </>
  );
}

/** Part after part. The first is awaited, since it may refuse the password; the others show how far they are. */
function useImport(rows: readonly PreviewRow[], onDone: (done: Done) => void) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [progress, setProgress] = useState<number>();
  const stopped = useRef(false);

  const bringIn = async (password: string) => {
    const [first, ...others] = partsOf(goodRows(rows));
    if (first === undefined) return;
    stopped.current = false;
    const outcome: Outcome = { created: 0, updated: 0, refused: new Map() };
    const take = async (part: typeof first) => {
      await bringPartIn(part, (sent) => importRows(sent, password), outcome);
      setProgress(outcome.created + outcome.updated + outcome.refused.size);
    };
    await take(first);
    void goOn(others, take, outcome);
  };
  const goOn = async (
    parts: ReturnType<typeof partsOf>,
    take: (part: ReturnType<typeof goodRows>) => Promise<void>,
    outcome: Outcome,
  ) => {
    let why = "";
    try {
      for (const part of parts) {
        if (stopped.current) break;
        await take(part);
      }
    } catch (error) {
      stopped.current = true;
      why = problemText(error, i18n);
    }
    const { created, updated, refused } = outcome;
    const sum = t(stopped.current ? "manage-import-stopped" : "manage-import-done", { created, updated });
    const left = rows.flatMap((row) => refusedAs(row, refused));
    const said = left.length > 0 ? t("manage-import-left", { refused: left.length }) : "";
    const text = [sum, why, said].filter((part) => part !== "").join(" ");
    onDone({ text, refused: left });
    setProgress(undefined);
    await client.invalidateQueries({ queryKey: ["manage"] });
  };
  /** A part that is under way is brought in; none after it. */
  const stop = () => {
    stopped.current = true;
  };
  return { bringIn, progress, stop };
}

/** The row with what the server found wrong with it, now or when the file was looked at; none where it came in. */
function refusedAs(row: PreviewRow, refused: Outcome["refused"]): PreviewRow[] {
  const errors = refused.get(row.line) ?? row.errors;
  return errors.length === 0 ? [] : [{ ...row, errors }];
}
