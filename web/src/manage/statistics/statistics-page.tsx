import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Problem } from "../../shared/api/problem";
import { fieldTexts } from "../../shared/api/problem-text";
import { durationText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Card, Page } from "../../shared/ui/page";
import { Pager } from "../../shared/ui/pager";
import { Empty, Loaded } from "../../shared/ui/states";
import { ExportLink } from "../export-link";
import { useUnderstoodSearch } from "../frame/understood-search";
import { useSignedIn } from "../sign_in/session";
import { ChartPanel } from "./chart-panel";
import { FilterForm } from "./filter-form";
import type { StatisticsKind } from "./kinds";
import { MoveNote } from "./move-note";
import { changeText, periodText } from "./row-texts";
import styles from "./statistics.module.css";
import { exportAddress, type Statistics, statisticsQuery } from "./statistics-api";
import { readStatisticsSearch, type StatisticsSearch } from "./statistics-search";
import { StatisticsTable } from "./statistics-table";

/** One of the eight statistics [T-1 … T-8]: what it is of stands in the address, chart and table draw the same rows. */
export function StatisticsPage({ kind }: { kind: StatisticsKind }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const search = useUnderstoodSearch(readStatisticsSearch);
  const statistics = useQuery(statisticsQuery(kind, search));
  const isRefused = statistics.error instanceof Problem && statistics.error.fields.length > 0;
  const go = (next: StatisticsSearch) =>
    navigate({
      to: `/manage/$company/statistics/${kind}`,
      params: { company: company.short_name },
      search: next,
    });
  return (
    <Page
      title={t(`manage-item-${kind}`)}
      lead={t(`manage-item-${kind}-about`)}
      actions={<Downloads kind={kind} search={search} />}
    >
      <FilterForm
        key={`${kind} ${JSON.stringify(search)}`}
        search={search}
        counted={statistics.data}
        errors={fieldTexts(statistics.error, i18n)}
        onShow={(next) => void go(next)}
      />
      {!isRefused && (
        <Loaded query={statistics}>
          {(counted) => (
            <Counted
              kind={kind}
              statistics={counted}
              search={search}
              stale={statistics.isPlaceholderData}
              onPage={(page) => void go({ ...search, page })}
            />
          )}
        </Loaded>
      )}
    </Page>
  );
}

function Downloads({ kind, search }: { kind: StatisticsKind; search: StatisticsSearch }) {
  const { t } = useI18n();
  return (
    <>
      <ExportLink href={exportAddress(kind, search, "xlsx")}>{t("manage-statistics-excel")}</ExportLink>
      <ExportLink href={exportAddress(kind, search, "csv")}>{t("manage-save-as-csv")}</ExportLink>
    </>
  );
}

type CountedProps = {
  kind: StatisticsKind;
  statistics: Statistics;
  search: StatisticsSearch;
  stale: boolean;
  onPage: (page: number) => void;
};

function Counted({ kind, statistics, search, stale, onPage }: CountedProps) {
  const { t } = useI18n();
  return (
    <>
      {statistics.moved_percent !== null && <MoveNote statistics={statistics} />}
      <Summary statistics={statistics} />
      {statistics.supports === 0 && statistics.before.supports === 0 ? (
        <Card>
          <Empty title={t("manage-statistics-empty")} text={t("manage-statistics-empty-text")} />
        </Card>
      ) : (
        <>
          <Card>
            <ChartPanel kind={kind} statistics={statistics} />
          </Card>
          <Card flush>
            <StatisticsTable kind={kind} statistics={statistics} search={search} stale={stale} />
          </Card>
          <Pager
            page={search.page ?? 1}
            pageSize={statistics.page_size}
            total={statistics.row_count}
            onPage={onPage}
          />
        </>
      )}
    </>
  );
}

/** What was counted, in one line, and how. */
function Summary({ statistics }: { statistics: Statistics }) {
  const { t, locale } = useI18n();
  const { from, to, before_from, before_to, supports, duration_s, average_s, time_zone } = statistics;
  return (
    <div className={styles["summary"]}>
      <p role="status">
        {t("manage-statistics-summary", {
          period: periodText(from, to, locale),
          supports,
          duration: durationText(duration_s, t),
          average: durationText(average_s, t),
        })}
      </p>
      <p className={styles["caption"]}>
        {t("manage-statistics-summary-before", {
          period: periodText(before_from, before_to, locale),
          supports: new Intl.NumberFormat(locale).format(statistics.before.supports),
          change: changeText(statistics, { t, locale }),
        })}
      </p>
      <p className={styles["caption"]}>{t("manage-statistics-counted", { zone: time_zone })}</p>
    </div>
  );
}
