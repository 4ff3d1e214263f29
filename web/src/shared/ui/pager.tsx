import { useI18n } from "../i18n/i18n";
import styles from "./pager.module.css";
import { pagesToShow } from "./pages-to-show";

type PagerProps = { page: number; pageSize: number; total: number; onPage: (page: number) => void };

/** Numbered paging. Draws nothing where everything stands on one page. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const { t } = useI18n();
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return null;
  return (
    <nav aria-label={t("shared-pages")} className={styles["pager"]}>
      <button type="button" className={styles["step"]} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t("shared-page-previous")}
      </button>
      {pagesToShow(page, last).map((each) =>
        each.gap ? (
          <span key={`gap-${each.before}`} aria-hidden="true" className={styles["gap"]}>
            …
          </span>
        ) : (
          <button
            key={each.page}
            type="button"
            className={styles["page"]}
            aria-current={each.page === page ? "page" : undefined}
            onClick={() => onPage(each.page)}
          >
            {each.page}
          </button>
        ),
      )}
      <button
        type="button"
        className={styles["step"]}
        disabled={page >= last}
        onClick={() => onPage(page + 1)}
      >
        {t("shared-page-next")}
      </button>
    </nav>
  );
}
