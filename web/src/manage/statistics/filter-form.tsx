import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { dayIn } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import { useSignedIn } from "../sign_in/session";
import { PRESETS, periodOf } from "./periods";
import styles from "./statistics.module.css";
import { departmentChoices } from "./statistics-api";
import type { StatisticsSearch } from "./statistics-search";

type FilterFormProps = {
  search: StatisticsSearch;
  /** What was counted, for the fields that the address leaves open. */
  counted: { from: string; to: string; today: string } | undefined;
  /** What the server says of a field. */
  errors: Readonly<Record<string, string>>;
  onShow: (search: StatisticsSearch) => void;
};

const EVERY = "all";

/** The period, at one press or from day to day, and whose supports; 보기 shows them. */
export function FilterForm({ search, counted, errors, onShow }: FilterFormProps) {
  const { t } = useI18n();
  const { time_zone } = useSignedIn();
  const [typed, setTyped] = useState<StatisticsSearch>({});
  const departments = useQuery(departmentChoices).data?.departments ?? [];
  const from = typed.from ?? search.from ?? counted?.from ?? "";
  const to = typed.to ?? search.to ?? counted?.to ?? "";
  const department = typed.department ?? search.department ?? EVERY;
  const operator = typed.operator ?? search.operator ?? "";
  const show = (period: { from: string; to: string }) => {
    const whose = { department: department === EVERY ? "" : department, operator: operator.trim() };
    const given = Object.entries({ ...period, ...whose }).filter(([, value]) => value !== "");
    onShow(Object.fromEntries(given));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show({ from, to });
  };
  const today = counted?.today ?? dayIn(time_zone, Date.now());
  return (
    <search>
      <form className={styles["filters"]} onSubmit={submit}>
        <fieldset className={styles["presets"]}>
          <legend className={styles["legend"]}>{t("manage-statistics-period")}</legend>
          {PRESETS.map((preset) => {
            const period = periodOf(preset, today);
            return (
              <Button
                key={preset}
                small
                aria-pressed={period.from === from && period.to === to}
                onPress={() => {
                  setTyped({ ...typed, ...period });
                  show(period);
                }}
              >
                {t(`manage-statistics-period-${preset}`)}
              </Button>
            );
          })}
        </fieldset>
        <div className={styles["fields"]}>
          <TextField
            name="from"
            type="date"
            label={t("manage-statistics-from")}
            value={from}
            onChange={(value) => setTyped({ ...typed, from: value })}
            error={errors["from"]}
          />
          <TextField
            name="to"
            type="date"
            label={t("manage-statistics-to")}
            value={to}
            onChange={(value) => setTyped({ ...typed, to: value })}
            error={errors["to"]}
          />
          <Select
            name="department"
            label={t("manage-statistics-department")}
            placeholder={t("shared-select-placeholder")}
            choices={[
              { value: EVERY, label: t("manage-statistics-every-department") },
              ...departments.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={department}
            onChange={(value) => setTyped({ ...typed, department: value })}
            error={errors["department"]}
          />
          <TextField
            name="operator"
            label={t("manage-operator-login")}
            placeholder={t("manage-statistics-every-operator")}
            value={operator}
            onChange={(value) => setTyped({ ...typed, operator: value })}
            error={errors["operator"]}
          />
          <Button type="submit" look="primary">
            {t("manage-statistics-show")}
          </Button>
        </div>
      </form>
    </search>
  );
}
