import { type FormEvent, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import styles from "./usage-log.module.css";
import type { UsageLog } from "./usage-log-api";
import { USAGE_FILTERS, type UsageSearch } from "./usage-log-search";

type FilterProps = {
  search: UsageSearch;
  /** What the tab's lines may be about. */
  actions: UsageLog["actions"];
  onSearch: (search: UsageSearch) => void;
};

/** Every action, as a choice; no kind has this name. */
const ALL = "all";

/** Filters by time, person, address and action [G-3]. */
export function UsageFilterForm({ search, actions, onSearch }: FilterProps) {
  const { t } = useI18n();
  const [values, setValues] = useState(() =>
    Object.fromEntries(USAGE_FILTERS.map((name) => [name, search[name] ?? ""])),
  );
  const { from = "", until = "" } = values;
  // As addresses have them, days are in order as texts.
  const backwards = from !== "" && until !== "" && until < from;
  const tab = search.tab === undefined ? {} : { tab: search.tab };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (backwards) return;
    const given = Object.entries(values).filter(([, value]) => value.trim() !== "");
    onSearch({ ...tab, ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])) });
  };
  const field = (name: (typeof USAGE_FILTERS)[number]) => ({
    name,
    value: values[name] ?? "",
    onChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
  });
  const action = field("action");
  return (
    <search>
      <form className={styles["filter"]} onSubmit={submit} noValidate>
        <TextField {...field("from")} label={t("manage-usage-from")} type="date" />
        <TextField
          {...field("until")}
          label={t("manage-usage-until")}
          type="date"
          error={backwards ? t("manage-search-backwards") : undefined}
        />
        <TextField {...field("login")} label={t("manage-usage-account")} />
        <TextField {...field("address")} label={t("manage-usage-address")} />
        <Select
          name="action"
          label={t("manage-usage-activity")}
          placeholder={t("manage-usage-all")}
          choices={[
            { value: ALL, label: t("manage-usage-all") },
            ...actions.map(({ kind, text }) => ({ value: kind, label: text })),
          ]}
          value={action.value === "" ? ALL : action.value}
          onChange={(kind) => action.onChange(kind === ALL ? "" : kind)}
        />
        <div className={styles["buttons"]}>
          <Button type="submit" look="primary">
            {t("manage-search")}
          </Button>
          <Button
            onPress={() => onSearch(tab)}
            isDisabled={USAGE_FILTERS.every((name) => search[name] === undefined)}
          >
            {t("manage-show-all")}
          </Button>
        </div>
      </form>
    </search>
  );
}
