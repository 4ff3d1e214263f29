import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { OptionList } from "../../shared/options/option-list";
import { Button } from "../../shared/ui/button";
import { ErrorNote } from "../../shared/ui/note";
import { useNotify } from "../../shared/ui/notify";
import { Page, PageActions } from "../../shared/ui/page";
import { Loaded } from "../../shared/ui/states";
import { Switch } from "../../shared/ui/switch";
import { BackLink } from "../frame/back-link";
import { Unsaved } from "../frame/unsaved";
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
        {(data) => (
          // Other values on the server begin the form anew; the same values asked for again leave it alone.
          <OptionsForm key={JSON.stringify(data.options)} id={departmentId} saved={data.options} />
        )}
      </Loaded>
    </Page>
  );
}

function OptionsForm({ id, saved }: { id: string; saved: Options }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const save = useSaveDepartmentOptions(id);
  const [options, setOptions] = useState(saved);
  const isSet = (key: string) => options.some((option) => option.key === key && option.value);
  const changed = options.filter(({ key, value }) =>
    saved.some((old) => old.key === key && old.value !== value),
  );
  return (
    <>
      <Unsaved changed={changed.length > 0} />
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
            onChange={(on) =>
              setOptions((before) => before.map((each) => (each.key === key ? { ...each, value: on } : each)))
            }
          />
        )}
      />
      {save.error !== null && <ErrorNote>{problemText(save.error, i18n)}</ErrorNote>}
      <PageActions>
        <Button
          look="primary"
          isDisabled={changed.length === 0}
          isPending={save.isPending}
          onPress={() =>
            save.mutate(
              changed.map(({ key, value }) => ({ key, value })),
              { onSuccess: () => notify(t("manage-saved")) },
            )
          }
        >
          {t("shared-save")}
        </Button>
        <Button isDisabled={changed.length === 0} onPress={() => setOptions(saved)}>
          {t("shared-cancel")}
        </Button>
      </PageActions>
    </>
  );
}
