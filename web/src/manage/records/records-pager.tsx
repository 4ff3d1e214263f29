import { type FormEvent, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import pagerStyles from "../../shared/ui/pager.module.css";
import { pagesToShow } from "../../shared/ui/pages-to-show";
import { TextField } from "../../shared/ui/text-field";
import styles from "./records.module.css";
import { RECORDS_COUNTED, RECORDS_PAGE_SIZE, type RecordsFound } from "./records-api";
import type { RecordPlace } from "./records-search";

type PagerProps = { found: RecordsFound; onPlace: (place: RecordPlace) => void };

/** Numbered paging as far as records are counted, first and last page, and a jump to a day. */
export function RecordsPager({ found, onPlace }: PagerProps) {
  if (!found.has_newer && !found.has_older) return null;
  return (
    <div className={styles["paging"]}>
      <Pages found={found} onPlace={onPlace} />
      <DayJump onPlace={onPlace} />
    </div>
  );
}

function Pages({ found, onPlace }: PagerProps) {
  const { t } = useI18n();
  const { page, has_newer, has_older } = found;
  const last = Math.max(1, Math.ceil(Math.min(found.total, RECORDS_COUNTED) / RECORDS_PAGE_SIZE));
  const isWhole = found.total_is_exact && found.total <= RECORDS_COUNTED;
  const step = (label: string, enabled: boolean, place: RecordPlace) => (
    <button type="button" className={pagerStyles["step"]} disabled={!enabled} onClick={() => onPlace(place)}>
      {t(label)}
    </button>
  );
  return (
    <nav aria-label={t("shared-pages")} className={pagerStyles["pager"]}>
      {step("manage-page-first", has_newer, {})}
      {step("shared-page-previous", has_newer, newerPlace(found))}
      {pagesToShow(page ?? last + 1, last).map((each) =>
        each.gap ? (
          <span key={`gap-${each.before}`} aria-hidden="true" className={pagerStyles["gap"]}>
            …
          </span>
        ) : (
          <button
            key={each.page}
            type="button"
            className={pagerStyles["page"]}
            aria-current={each.page === page ? "page" : undefined}
            onClick={() => onPlace(each.page === 1 ? {} : { page: each.page })}
          >
            {each.page}
          </button>
        ),
      )}
      {!isWhole && (
        <span aria-hidden="true" className={pagerStyles["gap"]}>
          …
        </span>
      )}
      {step("shared-page-next", has_older, olderPlace(found, last))}
      {step("manage-page-last", has_older, isWhole ? { page: last } : { last: true })}
    </nav>
  );
}

/** The page before: by its number where it has one, else from the newest record that stands here. */
function newerPlace({ page, records }: RecordsFound): RecordPlace {
  if (typeof page === "number") return page <= 2 ? {} : { page: page - 1 };
  const first = records[0];
  return first === undefined ? {} : { newer_than: first.no };
}

function olderPlace({ page, records }: RecordsFound, last: number): RecordPlace {
  if (typeof page === "number" && page < last) return { page: page + 1 };
  const oldest = records.at(-1);
  return oldest === undefined ? {} : { older_than: oldest.no };
}

function DayJump({ onPlace }: Pick<PagerProps, "onPlace">) {
  const { t } = useI18n();
  const [day, setDay] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day !== "") onPlace({ date: day });
  };
  return (
    <form className={styles["jump"]} onSubmit={submit} noValidate>
      <TextField name="date" type="date" label={t("manage-page-day")} value={day} onChange={setDay} />
      <Button type="submit">{t("manage-page-go")}</Button>
    </form>
  );
}
