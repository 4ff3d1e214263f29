import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { buttonClass } from "../../shared/ui/button";
import { Card, Page } from "../../shared/ui/page";
import { Pager } from "../../shared/ui/pager";
import { Empty, Loaded } from "../../shared/ui/states";
import { ExportLink } from "../export-link";
import { useUnderstoodSearch } from "../frame/understood-search";
import { useSignedIn } from "../sign_in/session";
import { LicenceCounts } from "./licence-counts";
import { useLiveStates } from "./live-states";
import { OperatorSearchForm } from "./operator-search-form";
import { OperatorTable } from "./operator-table";
import { OPERATORS_PAGE_SIZE, operatorsQuery } from "./operators-api";
import { type OperatorSearch, readOperatorSearch } from "./operators-search";

/** 상담원 관리 [D-3]: the list with its search, sorting and paging, all of it in the address. */
export function OperatorsPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const search = useUnderstoodSearch(readOperatorSearch);
  const operators = useQuery(operatorsQuery(search));
  useLiveStates();
  const go = (next: OperatorSearch) =>
    void navigate({
      to: "/manage/$company/operators",
      params: { company: company.short_name },
      search: next,
    });
  return (
    <Page
      title={t("manage-item-operators")}
      lead={t("manage-item-operators-about")}
      actions={<Actions company={company.short_name} />}
    >
      <OperatorSearchForm key={JSON.stringify(search)} search={search} onSearch={go} />
      <LicenceCounts />
      <Loaded query={operators}>
        {({ operators: found, total }) => (
          <>
            <p role="status">{t("manage-operators-total", { total })}</p>
            <Card flush>
              {found.length === 0 ? (
                <NoOperators searched={search.search} />
              ) : (
                <OperatorTable
                  operators={found}
                  stale={operators.isPlaceholderData}
                  search={search}
                  onSearch={go}
                />
              )}
            </Card>
            <Pager
              page={search.page ?? 1}
              pageSize={OPERATORS_PAGE_SIZE}
              total={total}
              onPage={(page) => go({ ...search, page })}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Actions({ company }: { company: string }) {
  const { t } = useI18n();
  return (
    <>
      <Link to="/manage/$company/operators/new" params={{ company }} className={buttonClass("primary")}>
        {t("manage-item-new-operator")}
      </Link>
      <Link to="/manage/$company/operators/import" params={{ company }} className={buttonClass()}>
        {t("manage-operators-import")}
      </Link>
      <ExportLink href="/api/manage/operators/export?format=xlsx">{t("manage-save-as-excel")}</ExportLink>
      <ExportLink href="/api/manage/options/export?format=xlsx">
        {t("manage-options-save-as-excel")}
      </ExportLink>
    </>
  );
}

function NoOperators({ searched }: { searched: string | undefined }) {
  const { t } = useI18n();
  return searched === undefined ? (
    <Empty title={t("manage-operators-empty")} text={t("manage-operators-empty-text")} />
  ) : (
    <Empty
      title={t("manage-operators-none-found")}
      text={t("manage-operators-none-found-text", { searched })}
    />
  );
}
