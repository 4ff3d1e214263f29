import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { Problem } from "../../shared/api/problem";
import { fieldTexts, problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Select } from "../../shared/ui/select";
import { Empty, Loaded } from "../../shared/ui/states";
import { TextField } from "../../shared/ui/text-field";
import {
  endedSessionsKey,
  listSupportTypes,
  type RecordForm,
  recordFormQuery,
  type SupportType,
  updateRecordForm,
} from "../console-api";
import { RecordCaptures } from "./record-captures";
import styles from "./record-form.module.css";
import { fitting, tooLong } from "./record-limits";

const RESOLUTIONS = ["unchecked", "resolved", "unresolved"] as const;
const NO_TYPE = "none";

/** 지원기록 작성 [Support record]: written during the session or after it. */
export function RecordFormView({ sessionId }: { sessionId: string }) {
  const { t } = useI18n();
  const form = useQuery(recordFormQuery(sessionId));
  const types = useQuery({ queryKey: ["support-types"], queryFn: listSupportTypes });
  if (form.error instanceof Problem && form.error.code === "record-not-started") {
    // The form stands beside a session with a customer, or one that is over: trying again finds no other answer.
    return <Empty title={t("console-record-none")} text={t("console-record-none-text")} />;
  }
  return (
    <div className={styles["scroll"]}>
      <Loaded query={form}>
        {(saved) => (
          <Loaded query={types}>
            {(choices) => <Form sessionId={sessionId} saved={saved} types={choices} />}
          </Loaded>
        )}
      </Loaded>
      <RecordCaptures sessionId={sessionId} />
    </div>
  );
}

function Form({
  sessionId,
  saved,
  types,
}: {
  sessionId: string;
  saved: RecordForm;
  types: readonly SupportType[];
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const queries = useQueryClient();
  const [values, setValues] = useState(saved);
  const save = useMutation({
    mutationFn: () => updateRecordForm(sessionId, values),
    onSuccess: (kept) => take(queries, sessionId, kept),
  });
  const change = (part: Partial<RecordForm>) => {
    setValues((before) => ({ ...before, ...part }));
    save.reset();
  };
  useSavedAtTheEnd(sessionId, save.isSuccess || save.isPending || values === saved ? null : values);
  const form = useRef<HTMLFormElement>(null);
  const refused = fieldTexts(save.error, i18n);
  const errorOf = (part: "customer_name" | "memo") => {
    const long = tooLong(values, part);
    return long === null ? refused[part] : t("console-record-too-long", long);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fitting(values) !== values) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    else if (!save.isPending) save.mutate();
  };
  const choices = [
    { value: NO_TYPE, label: t("console-record-no-type") },
    ...types.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <form ref={form} className={styles["form"]} onSubmit={submit} noValidate>
      <Select
        label={t("console-record-type")}
        name="support_type"
        choices={choices}
        value={values.support_type_id ?? NO_TYPE}
        onChange={(id) => change({ support_type_id: id === NO_TYPE ? null : id })}
        placeholder={t("shared-select-placeholder")}
        error={refused["support_type_id"]}
      />
      <Resolution value={values.resolution} onChange={(resolution) => change({ resolution })} />
      <TextField
        label={t("console-record-customer")}
        name="customer_name"
        value={values.customer_name}
        onChange={(customer_name) => change({ customer_name })}
        error={errorOf("customer_name")}
        autoComplete="off"
      />
      <TextField
        label={t("console-record-memo")}
        name="memo"
        value={values.memo}
        onChange={(memo) => change({ memo })}
        error={errorOf("memo")}
        multiline
      />
      {save.error !== null && <ErrorNote>{problemText(save.error, i18n)}</ErrorNote>}
      <div className={styles["actions"]}>
        <Button type="submit" look="primary" isPending={save.isPending}>
          {t("console-save")}
        </Button>
        <span role="status" className={styles["saved"]}>
          {save.isSuccess ? t("console-record-saved") : ""}
        </span>
      </div>
    </form>
  );
}

/** Whoever closes a session's tab has not thrown away what they wrote: `unsaved` is saved when the form goes. */
function useSavedAtTheEnd(sessionId: string, unsaved: RecordForm | null): void {
  const i18n = useI18n();
  const notify = useNotify();
  const queries = useQueryClient();
  const last = useRef(() => {});
  useEffect(() => {
    last.current = () => {
      if (unsaved === null) return;
      // Nobody can shorten it any more: its beginning is more than nothing.
      const fits = fitting(unsaved);
      updateRecordForm(sessionId, fits).then(
        (kept) => {
          take(queries, sessionId, kept);
          notify(i18n.t(fits === unsaved ? "console-record-saved" : "console-record-saved-cut"));
        },
        (error: unknown) => {
          // Who signs out was told before.
          if (!(error instanceof Problem && error.status === 401)) notify(problemText(error, i18n));
        },
      );
    };
  });
  useEffect(() => () => last.current(), []);
}

/** What the server has kept stands in the form, and the list says that the record is written. */
function take(queries: QueryClient, sessionId: string, kept: RecordForm): void {
  queries.setQueryData(["record-form", sessionId], kept);
  void queries.invalidateQueries({ queryKey: endedSessionsKey });
}

type ResolutionProps = {
  value: RecordForm["resolution"];
  onChange: (value: RecordForm["resolution"]) => void;
};

function Resolution({ value, onChange }: ResolutionProps) {
  const { t } = useI18n();
  return (
    <RadioGroup
      className={styles["group"] ?? ""}
      value={value}
      orientation="horizontal"
      onChange={(next) => {
        const known = RESOLUTIONS.find((each) => each === next);
        if (known !== undefined) onChange(known);
      }}
    >
      <Label className={styles["label"] ?? ""}>{t("console-record-resolution")}</Label>
      <div className={styles["choices"]}>
        {RESOLUTIONS.map((each) => (
          <Radio key={each} value={each} className={styles["choice"] ?? ""}>
            {t(`console-record-${each}`)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
