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
import { faultText, ImportPreview } from "./import-preview";
import { countsOf, faultsOf, goodRows, partsOf } from "./import-steps";
import { LicenceCounts } from "./licence-counts";
import styles from "./operators.module.css";
import { importRows, type PreviewRow, previewImport } from "./operators-api";

/** Operators from a file [D-8]: choose, look at every row, bring the good ones in. */
export function ImportPage() {
  const i18n = useI18n();
  const { t } = i18n;
  const preview = useMutation({ mutationFn: previewImport });
  const [done, setDone] = useState<string>();
  const choose = (files: FileList | null) => {
    const file = files?.item(0);
    setDone(undefined);
    if (file !== null && file !== undefined) preview.mutate(file);
  };
  const rows = preview.data?.rows;
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
      {done !== undefined && <InfoNote>{done}</InfoNote>}
      {rows !== undefined && (
        <Rows
          key={preview.submittedAt}
          previewed={rows}
          onDone={(text) => {
            preview.reset();
            setDone(text);
            keepFocus();
          }}
        />
      )}
    </Page>
  );
}

type RowsProps = { previewed: readonly PreviewRow[]; onDone: (text: string) => void };

function Rows({ previewed, onDone }: RowsProps) {
  const { t } = useI18n();
  const [rows, setRows] = useState(previewed);
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
          confirm={async (password) => {
            await bringIn(password);
          }}
          onRefused={(error) => {
            const faults = faultsOf(goodRows(rows), error);
            setRows(rows.map((row) => ({ ...row, errors: faults.get(row.line) ?? row.errors })));
            return faults.size > 0;
          }}
          onClose={() => setAsks(false)}
        >
          <p>{t("manage-import-confirm", { good, bad: counts.bad })}</p>
        </ConfirmPassword>
      )}
    </>
  );
}

/** Part after part. The first is awaited, since it may refuse the password; the others show how far they are. */
function useImport(rows: readonly PreviewRow[], onDone: (text: string) => void) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [progress, setProgress] = useState<number>();
  const stopped = useRef(false);

  const bringIn = async (password: string) => {
    const [first, ...others] = partsOf(goodRows(rows));
    if (first === undefined) return;
    stopped.current = false;
    const sum = { created: 0, updated: 0 };
    const take = async (part: typeof first) => {
      const { created, updated } = await importRows(part, password);
      sum.created += created;
      sum.updated += updated;
      setProgress(sum.created + sum.updated);
    };
    await take(first);
    void goOn(others, take, () => sum);
  };
  const goOn = async (
    parts: ReturnType<typeof partsOf>,
    take: (part: ReturnType<typeof goodRows>) => Promise<void>,
    sum: () => { created: number; updated: number },
  ) => {
    try {
      for (const part of parts) {
        if (stopped.current) break;
        try {
          await take(part);
        } catch (error) {
          onDone(`${t("manage-import-stopped", sum())} ${refusalText(part, error, i18n)}`);
          return;
        }
      }
      onDone(t(stopped.current ? "manage-import-stopped" : "manage-import-done", sum()));
    } finally {
      setProgress(undefined);
      await client.invalidateQueries({ queryKey: ["manage"] });
    }
  };
  /** A part that is under way is brought in; none after it. */
  const stop = () => {
    stopped.current = true;
  };
  return { bringIn, progress, stop };
}

/** Why a part was refused: what is wrong with its first bad row, else with all of it. */
function refusalText(
  part: ReturnType<typeof goodRows>,
  error: unknown,
  i18n: ReturnType<typeof useI18n>,
): string {
  for (const [line, [fault]] of faultsOf(part, error)) {
    if (fault !== undefined) return i18n.t("manage-import-fault", { line, fault: faultText(fault, i18n) });
  }
  return problemText(error, i18n);
}
