import { type FormEvent, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import styles from "./operators.module.css";
import type { OperatorSearch } from "./operators-search";

type SearchFormProps = { search: OperatorSearch; onSearch: (search: OperatorSearch) => void };

/** Search by 상담원 ID or 상담원 이름, and 전체보기 [D-3]. */
export function OperatorSearchForm({ search, onSearch }: SearchFormProps) {
  const { t } = useI18n();
  const [by, setBy] = useState<"login" | "name">(search.search_by ?? "login");
  const [text, setText] = useState(search.search ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = text.trim();
    onSearch(wanted === "" ? {} : { search_by: by, search: wanted });
  };
  return (
    <search>
      <form className={styles["search"]} onSubmit={submit}>
        <Select
          name="search_by"
          label={t("manage-search-key")}
          placeholder={t("shared-select-placeholder")}
          choices={[
            { value: "login", label: t("manage-operator-login") },
            { value: "name", label: t("manage-operator-name") },
          ]}
          value={by}
          onChange={setBy}
        />
        <TextField
          name="search"
          type="search"
          label={t("manage-search-text")}
          value={text}
          onChange={setText}
        />
        <div className={styles["searchButtons"]}>
          <Button type="submit" look="primary">
            {t("manage-search")}
          </Button>
          <Button onPress={() => onSearch({})} isDisabled={search.search === undefined}>
            {t("manage-show-all")}
          </Button>
        </div>
      </form>
    </search>
  );
}
