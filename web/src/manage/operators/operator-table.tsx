import { Link } from "@tanstack/react-router";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { Moment } from "../../shared/ui/moment";
import { Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import { localAddress, STATE_TONES } from "./operator-cells";
import styles from "./operators.module.css";
import type { Operator } from "./operators-api";
import { type OperatorSearch, type OperatorSort, orderOf, sortedBy } from "./operators-search";

type TableProps = {
  operators: readonly Operator[];
  stale: boolean;
  search: OperatorSearch;
  onSearch: (search: OperatorSearch) => void;
};

/** The table of 상담원 관리 [D-3]. */
export function OperatorTable({ operators, stale, search, onSearch }: TableProps) {
  const { t } = useI18n();
  const sort = (by: OperatorSort) => ({
    order: orderOf(search, by),
    onSort: () => onSearch(sortedBy(search, by)),
  });
  return (
    <Table
      label={t("manage-item-operators")}
      rows={operators}
      keyOf={({ id }) => id}
      stale={stale}
      columns={[
        {
          heading: t("manage-id"),
          cell: (operator) => <LoginLink operator={operator} />,
          names: true,
          tight: true,
          sort: sort("login"),
        },
        { heading: t("manage-operator-name"), cell: ({ name }) => name, sort: sort("name") },
        {
          heading: t("manage-department"),
          cell: ({ department }) => department.name,
          sort: sort("department"),
        },
        {
          heading: t("manage-operator-state"),
          cell: ({ state }) => <Badge tone={STATE_TONES[state]}>{t(`manage-operator-state-${state}`)}</Badge>,
          tight: true,
        },
        {
          heading: t("manage-operator-last-sign-in"),
          cell: ({ last_sign_in_ms }) =>
            typeof last_sign_in_ms === "number" ? <Moment at_ms={last_sign_in_ms} /> : t("shared-none"),
          tight: true,
          sort: sort("last_sign_in"),
        },
        { heading: t("manage-operator-address"), cell: (operator) => <Addresses operator={operator} /> },
        {
          heading: t("manage-operator-rights"),
          cell: ({ is_mobile }) => <Rights isMobile={is_mobile} />,
          tight: true,
        },
      ]}
    />
  );
}

function LoginLink({ operator: { id, login } }: { operator: Operator }) {
  const { company } = useSignedIn();
  return (
    <Link
      to="/manage/$company/operators/$operatorId"
      params={{ company: company.short_name, operatorId: id }}
    >
      {login}
    </Link>
  );
}

/** 접속IP(공인/사설). */
function Addresses({ operator }: { operator: Operator }) {
  const { t } = useI18n();
  if (operator.last_address === null) return t("shared-none");
  return (
    <>
      {operator.last_address}
      <span className={styles["local"]}>{localAddress(operator, t)}</span>
    </>
  );
}

/** 지원권한: a sign for the PC, and one for the phone where the operator has mobile support. */
function Rights({ isMobile }: { isMobile: boolean }) {
  const { t } = useI18n();
  const words = t(isMobile ? "manage-operator-rights-pc-mobile" : "manage-operator-rights-pc");
  return (
    <span className={styles["rights"]} role="img" aria-label={words} title={words}>
      <svg viewBox="0 0 20 16" aria-hidden="true">
        <path d="M2 1h16v10H2zM7 15h6M10 11v4" />
      </svg>
      {isMobile && (
        <svg viewBox="0 0 12 16" aria-hidden="true">
          <path d="M2 1h8v14H2zM5 12.5h2" />
        </svg>
      )}
    </span>
  );
}
