import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { OptionList } from "../../shared/options/option-list";
import { optionMessage } from "../../shared/options/option-rules";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Page } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { Switch } from "../../shared/ui/switch";
import { BackLink } from "../frame/back-link";
import { SaveBar } from "../frame/save-bar";
import styles from "./departments.module.css";
import {
  type DepartmentOption,
  departmentOptionsQuery,
  departmentsQuery,
  useSaveDepartmentOptions,
} from "./departments-api";

type Options = readonly DepartmentOption[];

/** 옵션관리: the defaults of a department's operators [C-3]. */
export function DepartmentOptionsPage() {
  const { t } = useI18n();
  const { departmentId = "" } = useParams({ strict: false });
  const departments = useQuery(departmentsQuery);
  const options = useQuery(departmentOptionsQuery(departmentId));
  const name = departments.data?.departments.find(({ id }) => id === departmentId)?.name;
  return (
    <Page
      title={name === undefined ? t("manage-options") : t("manage-options-of", { name })}
      lead={t("manage-department-options-lead")}
      trail={<BackLink to="/manage/$company/departments">{t("manage-item-departments")}</BackLink>}
    >
      <Loaded query={options}>
        {(data) => <OptionsForm key={departmentId} id={departmentId} saved={data.options} />}
      </Loaded>
    </Page>
  );
}

function OptionsForm({ id, saved }: { id: string; saved: Options }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const save = useSaveDepartmentOptions(id);
  // What was switched here, over what is saved: others may save meanwhile.
  const [switched, setSwitched] = useState<ReadonlyMap<string, boolean>>(new Map());
  const options = saved.map((each) => ({ ...each, value: switched.get(each.key) ?? each.value }));
  const isSet = (key: string) => options.some((option) => option.key === key && option.value);
  const changed = options.filter(({ key, value }) =>
    saved.some((old) => old.key === key && old.value !== value),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed.length === 0 || save.isPending) return;
    save.mutate(
      changed.map(({ key, value }) => ({ key, value })),
      {
        onSuccess: () => {
          // What was switched while the answer was on its way is not saved.
          setSwitched((now) => new Map([...now].filter(([key, value]) => switched.get(key) !== value)));
          notify(t("manage-saved"));
        },
      },
    );
  };
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      <OptionList
        options={options}
        isSet={isSet}
        isMobile
        control={({ key, value }, { labelId, aboutId, reason }) => (
          <Switch
            on={reason === undefined ? value : reason.kind === "included"}
            disabled={reason !== undefined}
            labelledBy={labelId}
            describedBy={aboutId}
            onChange={(on) => setSwitched((before) => new Map(before).set(key, on))}
          />
        )}
      />
      <SaveBar
        changes={changed.map(({ key }) => t(optionMessage(key)))}
        pending={save.isPending}
        onCancel={() => setSwitched(new Map())}
      >
        {save.error !== null && <ErrorNote>{problemText(save.error, i18n)}</ErrorNote>}
      </SaveBar>
    </form>
  );
}
