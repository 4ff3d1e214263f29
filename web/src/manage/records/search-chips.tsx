import { useI18n } from "../../shared/i18n/i18n";
import styles from "./records.module.css";
import { type RecordFilter, SEARCH_KEYS, type SearchKey, withValue } from "./records-search";
import { type Choices, labelOf } from "./search-form";

type ChipsProps = { filter: RecordFilter; choices: Choices; onSearch: (filter: RecordFilter) => void };

/** What the list is narrowed by, each with a way to take it off. */
export function SearchChips({ filter, choices, onSearch }: ChipsProps) {
  const { t } = useI18n();
  const { from = "", to = "" } = filter;
  const keys = SEARCH_KEYS.filter((key) => filter[key] !== undefined);
  const hasPeriod = from !== "" || to !== "";
  if (keys.length === 0 && !hasPeriod) return null;
  return (
    <ul className={styles["chips"]} aria-label={t("manage-search-filters")}>
      {hasPeriod && (
        <Chip
          text={`${t("manage-search-period")}: ${from} ~ ${to}`}
          onRemove={() => onSearch(withValue(withValue(filter, "from", ""), "to", ""))}
        />
      )}
      {keys.map((key) => (
        <Chip
          key={key}
          text={`${t(labelOf(key))}: ${valueText(key, filter[key] ?? "", choices, t)}`}
          onRemove={() => onSearch(withValue(filter, key, ""))}
        />
      ))}
    </ul>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useI18n();
  return (
    <li className={styles["chip"]}>
      <span>{text}</span>
      <button type="button" aria-label={t("manage-search-remove", { filter: text })} onClick={onRemove}>
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

function valueText(key: SearchKey, value: string, choices: Choices, t: (key: string) => string): string {
  if (key === "resolution") return t(`manage-resolution-${value}`);
  if (key !== "department" && key !== "support_type") return value;
  return choices?.[key].find(({ id }) => id === value)?.name ?? value;
}
