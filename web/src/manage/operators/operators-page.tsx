import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { buttonClass } from "../../shared/ui/button";
import { Moment } from "../../shared/ui/moment";
import { Card, Page } from "../../shared/ui/page";
import { Pager } from "../../shared/ui/pager";
import { Empty, Loaded } from "../../shared/ui/states";
import { Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import { OperatorSearchForm } from "./operator-search-form";
import { OPERATORS_PAGE_SIZE, type Operator, operatorsQuery } from "./operators-api";
import type { OperatorSearch } from "./operators-search";

const TONES = { online: "good", in_session: "busy", offline: "neutral" } as const;

/** 상담원 관리 [D-3]: the list with its search and paging, all of it in the address. */
export function OperatorsPage() {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const navigate = useNavigate();
  const search = useSearch({ from: "/manage/$company/operators" });
  const operators = useQuery(operatorsQuery(search));
  const go = (next: OperatorSearch) =>
    navigate({ to: "/manage/$company/operators", params: { company: company.short_name }, search: next });
  return (
    <Page
      title={t("manage-item-operators")}
      lead={t("manage-item-operators-about")}
      actions={
        <Link
          to="/manage/$company/operators/new"
          params={{ company: company.short_name }}
          className={buttonClass("primary")}
        >
          {t("manage-item-new-operator")}
        </Link>
      }
    >
      <OperatorSearchForm key={JSON.stringify(search)} search={search} onSearch={(next) => void go(next)} />
      <Loaded query={operators}>
        {({ operators: found, total }) => (
          <>
            <p role="status">{t("manage-operators-total", { total })}</p>
            <Card flush>
              {found.length === 0 ? (
                <NoOperators searched={search.search} />
              ) : (
                <OperatorTable operators={found} stale={operators.isPlaceholderData} />
              )}
            </Card>
            <Pager
              page={search.page ?? 1}
              pageSize={OPERATORS_PAGE_SIZE}
              total={total}
              onPage={(page) => void go({ ...search, page })}
            />
          </>
        )}
      </Loaded>
    </Page>
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

function OperatorTable({ operators, stale }: { operators: readonly Operator[]; stale: boolean }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const loginCell = ({ id, login }: Operator) => (
    <Link
      to="/manage/$company/operators/$operatorId"
      params={{ company: company.short_name, operatorId: id }}
    >
      {login}
    </Link>
  );
  return (
    <Table
      label={t("manage-item-operators")}
      rows={operators}
      keyOf={({ id }) => id}
      stale={stale}
      columns={[
        { heading: t("manage-id"), cell: loginCell, names: true, tight: true },
        { heading: t("manage-operator-name"), cell: ({ name }) => name },
        { heading: t("manage-department"), cell: ({ department }) => department.name },
        {
          heading: t("manage-operator-state"),
          cell: ({ state }) => <Badge tone={TONES[state]}>{t(`manage-operator-state-${state}`)}</Badge>,
          tight: true,
        },
        {
          heading: t("manage-operator-last-sign-in"),
          cell: ({ last_sign_in_ms }) =>
            typeof last_sign_in_ms === "number" ? <Moment at_ms={last_sign_in_ms} /> : t("shared-none"),
          tight: true,
        },
      ]}
    />
  );
}
