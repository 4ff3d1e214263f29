import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import { ExportLink } from "../export-link";
import { useUnderstoodSearch } from "../frame/understood-search";
import { useSignedIn } from "../sign_in/session";
import styles from "./usage-log.module.css";
import { type UsageLog, usageLogQuery } from "./usage-log-api";
import { UsageFilterForm } from "./usage-log-filter";
import {
  readUsageSearch,
  USAGE_FILTERS,
  USAGE_TABS,
  type UsageSearch,
  usageExportPath,
} from "./usage-log-search";

/** 사용기록 [G-3]: six tabs, filters, and pages by place; all of it in the address. */
export function UsageLogPage() {
  const { t, language } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const search = useUnderstoodSearch(readUsageSearch);
  const log = useQuery(usageLogQuery(search, language));
  const go = (next: UsageSearch) =>
    void navigate({
      to: "/manage/$company/usage-log",
      params: { company: company.short_name },
      search: next,
    });
  return (
    <Page
      title={t("manage-item-usage-log")}
      lead={t("manage-item-usage-log-about")}
      actions={
        <>
          <ExportLink href={usageExportPath(search, "xlsx")}>{t("manage-save-as-excel")}</ExportLink>
          <ExportLink href={usageExportPath(search, "csv")}>{t("manage-save-as-csv")}</ExportLink>
        </>
      }
    >
      <Tabs search={search} />
      <UsageFilterForm
        key={JSON.stringify(search)}
        search={search}
        actions={log.data?.actions ?? []}
        onSearch={go}
      />
      <Loaded query={log}>
        {(data) => <Lines log={data} search={search} stale={log.isPlaceholderData} go={go} />}
      </Loaded>
    </Page>
  );
}

/** The tabs are addresses: each can be kept and opened again. */
function Tabs({ search }: { search: UsageSearch }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const { tab: here = "access", older: _older, newer: _newer, action: _action, ...kept } = search;
  return (
    <nav aria-label={t("manage-item-usage-log")} className={styles["tabs"]}>
      {USAGE_TABS.map((tab) => (
        <Link
          key={tab}
          to="/manage/$company/usage-log"
          params={{ company: company.short_name }}
          search={tab === "access" ? kept : { ...kept, tab }}
          className={styles["tab"]}
          activeOptions={{ exact: true }}
          aria-current={tab === here ? "page" : false}
        >
          {t(`manage-usage-tab-${tab}`)}
        </Link>
      ))}
    </nav>
  );
}

type LinesProps = { log: UsageLog; search: UsageSearch; stale: boolean; go: (search: UsageSearch) => void };

function Lines({ log, search, stale, go }: LinesProps) {
  const { t } = useI18n();
  const isNarrowed = USAGE_FILTERS.some((name) => search[name] !== undefined);
  const total = t(log.is_more ? "manage-usage-total-more" : "manage-usage-total", { total: log.total });
  return (
    <>
      <p role="status">{total}</p>
      <Card flush>
        {log.lines.length === 0 ? (
          <Empty
            title={t(isNarrowed ? "manage-usage-none-found" : "manage-usage-empty")}
            text={t(isNarrowed ? "manage-usage-none-found-text" : "manage-usage-empty-text")}
          />
        ) : (
          <UsageTable log={log} stale={stale} />
        )}
      </Card>
      <PlacePager log={log} search={search} go={go} />
    </>
  );
}

function UsageTable({ log, stale }: { log: UsageLog; stale: boolean }) {
  const { t } = useI18n();
  return (
    <Table
      label={t("manage-item-usage-log")}
      rows={log.lines}
      keyOf={({ seq }) => String(seq)}
      stale={stale}
      columns={[
        {
          heading: t("manage-usage-date"),
          cell: ({ at_ms }) => <Moment at_ms={at_ms} />,
          tight: true,
        },
        {
          heading: t("manage-usage-account"),
          cell: ({ account }) => account || t("shared-none"),
          names: true,
        },
        {
          heading: t("manage-usage-address"),
          cell: ({ address }) => <span className={styles["address"]}>{address || t("shared-none")}</span>,
        },
        { heading: t("manage-usage-activity"), cell: ({ activity }) => activity, tight: true },
        {
          heading: t("manage-usage-remark"),
          cell: ({ remark }) => <span className={styles["remark"]}>{remark || t("shared-none")}</span>,
        },
      ]}
    />
  );
}

/** Pages by place: the log may have millions of lines, and nobody counts them to turn a page. */
function PlacePager({ log, search, go }: Omit<LinesProps, "stale">) {
  const { t } = useI18n();
  const { older: _older, newer: _newer, ...found } = search;
  const { older, newer } = log;
  if (older === null && newer === null) return null;
  return (
    <nav aria-label={t("shared-pages")} className={styles["pager"]}>
      <Button isDisabled={newer === null} onPress={() => go(found)}>
        {t("manage-usage-newest")}
      </Button>
      <Button isDisabled={newer === null} onPress={() => newer !== null && go({ ...found, newer })}>
        {t("manage-usage-newer")}
      </Button>
      <Button isDisabled={older === null} onPress={() => older !== null && go({ ...found, older })}>
        {t("manage-usage-older")}
      </Button>
    </nav>
  );
}
