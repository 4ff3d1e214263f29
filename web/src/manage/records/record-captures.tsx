import { useI18n } from "../../shared/i18n/i18n";
import { KeptCaptures } from "../../shared/ui/kept-captures";
import { Card } from "../../shared/ui/page";
import type { SupportRecord } from "./records-api";

/** The still pictures that the operator kept [F-08]; nothing where there are none. */
export function RecordCaptures({ record }: { record: SupportRecord }) {
  const { t } = useI18n();
  const { id, captures } = record;
  if (captures.length === 0) return null;
  return (
    <Card title={t("shared-captures")}>
      <KeptCaptures
        captures={captures}
        addressOf={(capture) => `/api/manage/records/${id}/captures/${capture}`}
      />
    </Card>
  );
}
