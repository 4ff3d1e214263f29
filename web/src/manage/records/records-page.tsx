import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Pager } from "../../shared/ui/pager";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import { RECORDS_PAGE_SIZE, type RecordLine, recordsQuery } from "./records-api";
import { ResolutionBadge } from "./resolution-badge";
import { supportTime } from "./support-time";

/** 전체기록보기: newest first, with numbered paging. */
export function RecordsPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const { page = 1 } = useSearch({ from: "/manage/$company/records" });
  const records = useQuery(recordsQuery(page));
  return (
    <Page title={t("manage-item-all-records")} lead={t("manage-item-all-records-about")}>
      <Loaded query={records}>
        {({ records: lines, total }) => (
          <>
            <p role="status">{t("manage-records-total", { total })}</p>
            <Card flush>
              {lines.length === 0 ? (
                <Empty title={t("manage-records-empty")} text={t("manage-records-empty-text")} />
              ) : (
                <RecordTable records={lines} stale={records.isPlaceholderData} />
              )}
            </Card>
            <Pager
              page={page}
              pageSize={RECORDS_PAGE_SIZE}
              total={total}
              onPage={(next) =>
                void navigate({
                  to: "/manage/$company/records",
                  params: { company: company.short_name },
                  search: { page: next },
                })
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function RecordTable({ records, stale }: { records: readonly RecordLine[]; stale: boolean }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const operatorCell = ({ id, operator_login }: RecordLine) => (
    <Link to="/manage/$company/records/$recordId" params={{ company: company.short_name, recordId: id }}>
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
          cell: ({ customer_name }) => customer_name || t("shared-none"),
        },
        {
          heading: t("manage-record-started"),
          cell: ({ started_at_ms }) => <Moment at_ms={started_at_ms} />,
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
