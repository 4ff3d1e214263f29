import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { durationText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import { unratedOf } from "./chart-panel";
import type { StatisticsKind } from "./kinds";
import { changeText, ratingText, rowText, shareText } from "./row-texts";
import type { Statistics, StatisticsRow } from "./statistics-api";
import type { StatisticsSearch } from "./statistics-search";

type Columns = ComponentProps<typeof Table<StatisticsRow>>["columns"];
type TableProps = { kind: StatisticsKind; statistics: Statistics; search: StatisticsSearch; stale: boolean };

const TOTAL = "total";
const RATINGS = [5, 4, 3, 2, 1] as const;

/** The rows of a statistic, and their sum under them: what the chart draws, in numbers. */
export function StatisticsTable({ kind, statistics, search, stale }: TableProps) {
  const { t } = useI18n();
  const first = useFirstColumns(kind, search);
  const numbers = useNumberColumns();
  const ratings = useRatingColumns();
  const [supports, share, times] = [numbers.slice(0, 1), numbers.slice(1, 2), numbers.slice(2)];
  // What the page is about stands first: in most windows the table is wider than they are.
  const columns =
    kind === "by-satisfaction"
      ? [...first, ...supports, ...ratings, ...share, ...times]
      : [...first, ...numbers];
  return (
    <Table
      label={t(`manage-item-${kind}`)}
      rows={statistics.rows}
      keyOf={({ key }) => key}
      stale={stale}
      columns={columns}
      total={totalOf(statistics)}
    />
  );
}

/** The sum as a row. The server adds up all rows, also those of other pages. */
function totalOf(statistics: Statistics): StatisticsRow {
  const { supports, duration_s, average_s, before, rows } = statistics;
  const ratings = [0, 1, 2, 3, 4].map((at) => rows.reduce((sum, row) => sum + (row.ratings[at] ?? 0), 0));
  return {
    key: TOTAL,
    name: TOTAL,
    login: null,
    supports,
    duration_s,
    average_s,
    before,
    ratings,
    share_per_mille: 1000,
  };
}

function useFirstColumns(kind: StatisticsKind, search: StatisticsSearch): Columns {
  const { t, locale } = useI18n();
  const { company } = useSignedIn();
  const text = (row: StatisticsRow) =>
    row.name === TOTAL && row.key === TOTAL
      ? t("manage-statistics-total")
      : rowText(kind, row, { t, locale });
  const heading = t(`manage-statistics-column-${kind}`);
  if (kind !== "by-operator") return [{ heading, cell: text, names: true, tight: true }];
  const { page: _, ...filters } = search;
  const days = (row: StatisticsRow) =>
    row.login === null ? (
      text(row)
    ) : (
      <Link
        to="/manage/$company/statistics/by-day"
        params={{ company: company.short_name }}
        search={{ ...filters, operator: row.login }}
      >
        {text(row)}
      </Link>
    );
  return [
    { heading, cell: days, names: true, tight: true },
    { heading: t("manage-operator-name"), cell: ({ key, name }) => (key === TOTAL ? "" : name) },
  ];
}

function useNumberColumns(): Columns {
  const { t, locale } = useI18n();
  const number = new Intl.NumberFormat(locale);
  const end = { align: "end", tight: true } as const;
  return [
    { heading: t("manage-statistics-supports"), cell: ({ supports }) => number.format(supports), ...end },
    {
      heading: t("manage-statistics-share"),
      cell: ({ share_per_mille }) => shareText(share_per_mille, locale),
      ...end,
    },
    {
      heading: t("manage-statistics-duration"),
      cell: ({ duration_s }) => durationText(duration_s, t),
      ...end,
    },
    { heading: t("manage-statistics-average"), cell: ({ average_s }) => durationText(average_s, t), ...end },
    {
      heading: t("manage-statistics-before"),
      cell: ({ before }) => (before === null ? t("shared-none") : number.format(before.supports)),
      ...end,
    },
    {
      heading: t("manage-statistics-compared"),
      cell: (row) => changeText(row, { t, locale }),
      ...end,
    },
  ];
}

function useRatingColumns(): Columns {
  const { t, locale } = useI18n();
  const number = new Intl.NumberFormat(locale);
  const end = { align: "end", tight: true } as const;
  return [
    ...RATINGS.map((rating) => ({
      heading: t("manage-statistics-rated", { rating }),
      cell: ({ ratings }: StatisticsRow) => number.format(ratings[rating - 1] ?? 0),
      ...end,
    })),
    { heading: t("manage-statistics-unrated"), cell: (row) => number.format(unratedOf(row)), ...end },
    {
      heading: t("manage-statistics-rating"),
      cell: ({ ratings }) => ratingText(ratings, { t, locale }),
      ...end,
    },
  ];
}
