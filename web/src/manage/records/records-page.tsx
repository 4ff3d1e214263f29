import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import { ExportLink } from "../export-link";
import { useUnderstoodSearch } from "../frame/understood-search";
import { useSignedIn } from "../sign_in/session";
import styles from "./records.module.css";
import { choicesQuery, type RecordLine, type RecordsFound, recordsQuery } from "./records-api";
import { RecordsPager } from "./records-pager";
import {
  exportAddress,
  filterOf,
  isFiltered,
  isOneLetter,
  type RecordFilter,
  type RecordSearch,
  readRecordSearch,
  SEARCH_KEYS,
  type SearchKey,
} from "./records-search";
import { ResolutionBadge } from "./resolution-badge";
import { SearchChips } from "./search-chips";
import { SearchForm } from "./search-form";
import { supportTime } from "./support-time";

/** 전체기록보기: what is found, newest first; the whole search stands in the address. */
export function RecordsPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const search = useUnderstoodSearch(readRecordSearch);
  const filter = filterOf(search);
  const records = useQuery(recordsQuery(search));
  const choices = useQuery(choicesQuery).data;
  const [last, setLast] = useState<SearchKey>();
  const go = (next: RecordSearch) =>
    void navigate({ to: "/manage/$company/records", params: { company: company.short_name }, search: next });
  return (
    <Page
      title={t("manage-item-all-records")}
      lead={t("manage-item-all-records-about")}
      actions={<Exports filter={filter} />}
    >
      <SearchForm
        key={JSON.stringify(filter)}
        filter={filter}
        choices={choices}
        last={last}
        onSearch={(next, by) => {
          setLast(by);
          go(next);
        }}
      />
      <SearchChips filter={filter} choices={choices} onSearch={go} />
      <Loaded query={records}>
        {(found) => (
          <>
            <Count found={found} />
            <Card flush>
              {found.records.length === 0 ? (
                <NoRecords filter={filter} />
              ) : (
                <RecordTable records={found.records} stale={records.isPlaceholderData} search={search} />
              )}
            </Card>
            <RecordsPager found={found} onPlace={(place) => go({ ...filter, ...place })} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** 엑셀저장 and CSV: everything that is found, as a download of the browser, which shows how far it is and stops it. */
function Exports({ filter }: { filter: RecordFilter }) {
  const { t } = useI18n();
  return (
    <>
      <ExportLink href={exportAddress(filter, "xlsx")}>{t("manage-save-as-excel")}</ExportLink>
      <ExportLink href={exportAddress(filter, "csv")}>{t("manage-save-as-csv")}</ExportLink>
    </>
  );
}

function Count({ found }: { found: RecordsFound }) {
  const { t } = useI18n();
  const { total, total_is_exact } = found;
  return (
    <p role="status">{t(total_is_exact ? "manage-records-total" : "manage-records-total-more", { total })}</p>
  );
}

function NoRecords({ filter }: { filter: RecordFilter }) {
  const { t } = useI18n();
  if (!isFiltered(filter)) {
    return <Empty title={t("manage-records-empty")} text={t("manage-records-empty-text")} />;
  }
  const hasOneLetter = SEARCH_KEYS.some((key) => isOneLetter(key, filter[key] ?? ""));
  return (
    <Empty
      title={t("manage-records-none-found")}
      text={t(hasOneLetter ? "manage-search-one-letter" : "manage-records-none-found-text")}
    />
  );
}

type TableProps = { records: readonly RecordLine[]; stale: boolean; search: RecordSearch };

function RecordTable({ records, stale, search }: TableProps) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const operatorCell = ({ id, operator_login }: RecordLine) => (
    <Link
      to="/manage/$company/records/$recordId"
      params={{ company: company.short_name, recordId: id }}
      search={search}
    >
      {operator_login}
    </Link>
  );
  return (
    <Table
      label={t("manage-item-all-records")}
      rows={records}
      keyOf={({ id }) => id}
      stale={stale}
      columns={[
        { heading: t("manage-record-no"), cell: ({ no }) => no, tight: true },
        { heading: t("manage-operator-login"), cell: operatorCell, names: true, tight: true },
        {
          heading: t("manage-record-customer"),
          cell: ({ customer_name }) => (
            <span className={styles["customerName"]}>{customer_name || t("shared-none")}</span>
          ),
        },
        {
          heading: t("manage-record-started"),
          cell: (line) => <Began line={line} />,
          tight: true,
        },
        {
          heading: t("manage-record-duration"),
          cell: ({ duration_s }) => supportTime({ duration_s }, t),
          tight: true,
        },
        { heading: t("manage-record-os"), cell: ({ customer_os }) => customer_os || t("shared-none") },
        {
          heading: t("manage-resolution"),
          cell: ({ resolution }) => <ResolutionBadge resolution={resolution} />,
          tight: true,
        },
      ]}
    />
  );
}

/** When support began; where nobody agreed none did, and when the customer joined is called that. */
function Began({ line: { started_at_ms, duration_s } }: { line: RecordLine }) {
  const { t } = useI18n();
  if (duration_s !== null) return <Moment at_ms={started_at_ms} />;
  return (
    <>
      {t("manage-record-not-agreed")}
      <span className={styles["joined"]}>
        {t("manage-record-joined")} <Moment at_ms={started_at_ms} />
      </span>
    </>
  );
}
