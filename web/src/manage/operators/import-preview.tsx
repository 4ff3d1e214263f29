import { fieldText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import { Card } from "../../shared/ui/page";
import { Table } from "../../shared/ui/table";
import styles from "./operators.module.css";
import type { PreviewRow } from "./operators-api";

const TONES = { create: "good", update: "busy", nothing: "neutral" } as const;

/** The names of the columns, by the row's field. */
const FIELDS: Record<string, string> = {
  login: "manage-id",
  name: "manage-operator-name",
  password: "manage-password",
  company_name: "manage-company-name",
  department: "manage-department",
  phone: "manage-phone",
  email: "manage-email",
  mobile: "manage-operator-mobile",
};

/** Every row of a file, the bad ones first, with what is wrong with them [D-8]. */
export function ImportPreview({ rows }: { rows: readonly PreviewRow[] }) {
  const { t } = useI18n();
  const bad = rows.filter(({ errors }) => errors.length > 0);
  const good = rows.filter(({ errors }) => errors.length === 0);
  return (
    <Card flush>
      <Table
        label={t("manage-import-rows")}
        rows={[...bad, ...good]}
        keyOf={({ line }) => String(line)}
        columns={[
          { heading: t("manage-import-line"), cell: ({ line }) => line, tight: true },
          { heading: t("manage-id"), cell: ({ login }) => login, names: true },
          { heading: t("manage-operator-name"), cell: ({ name }) => name },
          { heading: t("manage-department"), cell: ({ department }) => department },
          { heading: t("manage-import-effect"), cell: (row) => <Effect row={row} /> },
        ]}
      />
    </Card>
  );
}

function Effect({ row: { action, errors } }: { row: PreviewRow }) {
  const i18n = useI18n();
  const { t } = i18n;
  if (errors.length === 0) return <Badge tone={TONES[action]}>{t(`manage-import-${action}`)}</Badge>;
  return (
    <>
      <Badge tone="bad">{t("manage-import-refused")}</Badge>
      <ul className={styles["faults"]}>
        {errors.map((error) => (
          <li key={`${error.field} ${error.code}`}>{faultText(error, i18n)}</li>
        ))}
      </ul>
    </>
  );
}

/** What is wrong, after the column's name. In a file a department is typed, not chosen. */
function faultText(
  { field, code, params }: PreviewRow["errors"][number],
  i18n: ReturnType<typeof useI18n>,
): string {
  const isNoDepartment = field === "department" && code === "unknown-choice";
  const text = isNoDepartment
    ? i18n.t("manage-import-no-department")
    : fieldText({ code, params: { ...params } }, i18n);
  return `${i18n.t(FIELDS[field] ?? "manage-id")}: ${text}`;
}
