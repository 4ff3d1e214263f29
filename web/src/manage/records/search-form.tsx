import { type FormEvent, useState } from "react";
import { dayIn } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import type { Translate } from "../../shared/i18n/translate";
import { Button } from "../../shared/ui/button";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import { useSignedIn } from "../sign_in/session";
import styles from "./records.module.css";
import {
  daysOf,
  isFiltered,
  isOneLetter,
  PERIODS,
  RESOLUTIONS,
  type RecordFilter,
  SEARCH_KEYS,
  type SearchKey,
  withValue,
} from "./records-search";

/** What can be chosen for 부서 and 상담유형; `undefined` while it is not known yet. */
export type Choices = Record<"department" | "support_type", { id: string; name: string }[]> | undefined;

type SearchFormProps = {
  filter: RecordFilter;
  choices: Choices;
  /** The key that was searched for last: it stays in its field. */
  last: SearchKey | undefined;
  onSearch: (filter: RecordFilter, by?: SearchKey) => void;
};

/** 검색기간, 검색 키, 검색어 and 검색. What was searched for before stays, so that several keys narrow together. */
export function SearchForm({ filter, choices, last, onSearch }: SearchFormProps) {
  const { t } = useI18n();
  const [days, setDays] = useState({ from: filter.from ?? "", to: filter.to ?? "" });
  const [by, setBy] = useState<SearchKey>(
    last !== undefined && filter[last] !== undefined
      ? last
      : (SEARCH_KEYS.find((key) => filter[key] !== undefined) ?? "text"),
  );
  const [value, setValue] = useState(filter[by] ?? "");
  const backwards = days.from !== "" && days.to !== "" && days.to < days.from;
  const choose = (key: SearchKey) => {
    setBy(key);
    setValue(filter[key] ?? "");
  };
  const search = ({ from, to }: typeof days) =>
    onSearch(withValue(withValue(withValue(filter, "from", from), "to", to), by, value), by);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!backwards) search(days);
  };
  return (
    <search>
      <form className={styles["search"]} onSubmit={submit} noValidate>
        <Period
          days={days}
          backwards={backwards}
          onChange={setDays}
          onChoose={(chosen) => {
            setDays(chosen);
            search(chosen);
          }}
        />
        <div className={styles["keys"]}>
          <Select
            name="search_by"
            label={t("manage-search-key")}
            placeholder={t("shared-select-placeholder")}
            choices={SEARCH_KEYS.map((key) => ({ value: key, label: t(labelOf(key)) }))}
            value={by}
            onChange={choose}
          />
          <Wanted by={by} value={value} choices={choices} onChange={setValue} />
          <div className={styles["buttons"]}>
            <Button type="submit" look="primary">
              {t("manage-search")}
            </Button>
            <Button onPress={() => onSearch({})} isDisabled={!isFiltered(filter)}>
              {t("manage-search-reset")}
            </Button>
          </div>
        </div>
      </form>
    </search>
  );
}

/** The message that names a key. */
export function labelOf(key: SearchKey): string {
  return `manage-record-key-${key.replaceAll("_", "-")}`;
}

type PeriodProps = {
  days: { from: string; to: string };
  backwards: boolean;
  onChange: (days: { from: string; to: string }) => void;
  /** A whole period at one press: it is searched at once, as in the statistics. */
  onChoose: (days: { from: string; to: string }) => void;
};

function Period({ days, backwards, onChange, onChoose }: PeriodProps) {
  const { t } = useI18n();
  const { time_zone } = useSignedIn();
  const today = dayIn(time_zone, Date.now());
  return (
    <fieldset className={styles["period"]}>
      <legend className={styles["legend"]}>{t("manage-search-period")}</legend>
      <div className={styles["days"]}>
        <TextField
          name="from"
          type="date"
          label={t("manage-search-from")}
          value={days.from}
          onChange={(from) => onChange({ ...days, from })}
        />
        <TextField
          name="to"
          type="date"
          label={t("manage-search-to")}
          value={days.to}
          onChange={(to) => onChange({ ...days, to })}
          error={backwards ? t("manage-search-backwards") : undefined}
        />
      </div>
      <div className={styles["periods"]}>
        {PERIODS.map((period) => {
          const chosen = daysOf(period, today);
          const isChosen = chosen.from === days.from && chosen.to === days.to;
          return (
            <button
              key={period.key}
              type="button"
              className={styles["periodButton"]}
              aria-pressed={isChosen}
              onClick={() => onChoose(isChosen ? { from: "", to: "" } : chosen)}
            >
              {t(`manage-period-${period.key}`)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

type Offered = { value: string; label: string }[];

type WantedProps = { by: SearchKey; value: string; choices: Choices; onChange: (value: string) => void };

/** 검색어: a choice where there are only so many, else a text. */
function Wanted({ by, value, choices, onChange }: WantedProps) {
  const { t } = useI18n();
  const offered = offeredFor(by, choices, t);
  if (offered === undefined) {
    return (
      <TextField
        key={by}
        name="search"
        type="search"
        label={t("manage-search-text")}
        value={value}
        onChange={onChange}
        maxLength={100}
        placeholder={t(`${labelOf(by)}-hint`)}
        {...(isOneLetter(by, value) ? { hint: t("manage-search-one-letter") } : {})}
      />
    );
  }
  return (
    <Select
      key={by}
      name="search"
      label={t("manage-search-text")}
      placeholder={t("shared-select-placeholder")}
      choices={offered}
      value={offered.some((choice) => choice.value === value) ? value : null}
      onChange={onChange}
    />
  );
}

/** What can be chosen for a key; `undefined`: anything can be typed. */
function offeredFor(by: SearchKey, choices: Choices, t: Translate): Offered | undefined {
  if (by === "resolution") {
    return RESOLUTIONS.map((name) => ({ value: name, label: t(`manage-resolution-${name}`) }));
  }
  if (by !== "department" && by !== "support_type") return undefined;
  return (choices?.[by] ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
