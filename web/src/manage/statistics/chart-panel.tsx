import { lazy, Suspense, useMemo } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import type { ChartData, ChartSeries } from "./chart-option";
import { isInOrder, type StatisticsKind } from "./kinds";
import { rowText } from "./row-texts";
import styles from "./statistics.module.css";
import type { Statistics, StatisticsRow } from "./statistics-api";

const Chart = lazy(() => import("./chart").then((module) => ({ default: module.Chart })));

/** Lying bars at most: more would be thinner than their names. */
const LYING = 20;
/** A lying bar with the room around it, in which its name stands; legend and numbers above and below all; the least of the whole. */
const [BAR_PX, AROUND_PX, LEAST_PX] = [22, 72, 320] as const;
const RATINGS = [5, 4, 3, 2, 1] as const;

/** The chart of a statistic, of the rows of its table; what it shows is also said. */
export function ChartPanel({ kind, statistics }: { kind: StatisticsKind; statistics: Statistics }) {
  const { t, locale } = useI18n();
  const data = useMemo(() => chartData(kind, statistics.rows, { t, locale }), [kind, statistics, t, locale]);
  const largest = statistics.rows.reduce<StatisticsRow | undefined>(
    (best, row) => (best === undefined || row.supports > best.supports ? row : best),
    undefined,
  );
  if (largest === undefined) return null;
  const description = t("manage-statistics-chart", {
    title: t(`manage-item-${kind}`),
    largest: rowText(kind, largest, { t, locale }),
    supports: largest.supports,
  });
  return (
    <figure className={styles["figure"]}>
      <div
        role="img"
        aria-label={description}
        className={styles["chartPlace"]}
        style={data.lying ? { height: Math.max(LEAST_PX, AROUND_PX + data.labels.length * BAR_PX) } : {}}
      >
        <Suspense fallback={null}>
          <Chart data={data} />
        </Suspense>
      </div>
      {data.lying && data.labels.length < statistics.row_count && (
        <figcaption className={styles["caption"]}>
          {t("manage-statistics-chart-part", { shown: data.labels.length })}
        </figcaption>
      )}
    </figure>
  );
}

type Texts = Parameters<typeof rowText>[2];

/** What the chart draws: supports of the period and of the one before, or by rating. */
export function chartData(kind: StatisticsKind, all: readonly StatisticsRow[], texts: Texts): ChartData {
  const { t } = texts;
  const lying = !isInOrder(kind);
  const rows = lying ? all.slice(0, LYING) : all;
  const labels = rows.map((row) => rowText(kind, row, texts));
  if (kind !== "by-satisfaction") {
    const series: ChartSeries[] = [
      { name: t("manage-statistics-supports"), values: rows.map(({ supports }) => supports), colour: "now" },
      {
        name: t("manage-statistics-before"),
        values: rows.map(({ before }) => before?.supports ?? 0),
        colour: "before",
      },
    ];
    return { labels, series, lying, stacked: false };
  }
  const rated = RATINGS.map<ChartSeries>((rating) => ({
    name: t("manage-statistics-rated", { rating }),
    values: rows.map(({ ratings }) => ratings[rating - 1] ?? 0),
    colour: `rated${rating}`,
  }));
  const unrated: ChartSeries = {
    name: t("manage-statistics-unrated"),
    values: rows.map(unratedOf),
    colour: "unrated",
  };
  return { labels, series: [...rated, unrated], lying, stacked: true };
}

/** Supports that nobody rated. */
export function unratedOf({ supports, ratings }: StatisticsRow): number {
  return supports - ratings.reduce((sum, count) => sum + count, 0);
}
