import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { NameDialog } from "../../shared/ui/name-dialog";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page } from "../../shared/ui/page";
import { RenameInPlace } from "../../shared/ui/rename-in-place";
import { Empty, Loaded } from "../../shared/ui/states";
import { RowActions, Table } from "../../shared/ui/table";
import { DeleteSupportType } from "./delete-support-type";
import { type SupportType, supportTypesQuery, useSupportTypeChanges } from "./support-types-api";

/** 상담유형 관리 [E-1, E-3]. */
export function SupportTypesPage() {
  const { t } = useI18n();
  const notify = useNotify();
  const types = useQuery(supportTypesQuery);
  const { create } = useSupportTypeChanges();
  const [creating, setCreating] = useState(false);
  const newButton = (
    <Button look="primary" onPress={() => setCreating(true)}>
      {t("manage-support-type-new")}
    </Button>
  );
  return (
    <Page
      title={t("manage-item-support-types")}
      lead={t("manage-item-support-types-about")}
      actions={newButton}
    >
      <Card flush>
        <Loaded query={types}>
          {({ support_types }) =>
            support_types.length === 0 ? (
              <Empty title={t("manage-support-types-empty")} text={t("manage-support-types-empty-text")} />
            ) : (
              <SupportTypeTable types={support_types} />
            )
          }
        </Loaded>
      </Card>
      {creating && (
        <NameDialog
          title={t("manage-support-type-new")}
          label={t("manage-support-type-name")}
          onClose={() => setCreating(false)}
          create={async (name) => {
            await create.mutateAsync(name);
            notify(t("manage-created", { name }));
          }}
        />
      )}
    </Page>
  );
}

function SupportTypeTable({ types }: { types: readonly SupportType[] }) {
  const { t } = useI18n();
  const notify = useNotify();
  const { rename } = useSupportTypeChanges();
  const [deleting, setDeleting] = useState<SupportType | null>(null);
  const nameCell = ({ id, name }: SupportType) => (
    <RenameInPlace
      name={name}
      label={t("manage-support-type-name")}
      hint={t("manage-rename")}
      check={(next) => ruleText(t, checkName(next))}
      rename={async (next) => {
        await rename.mutateAsync({ id, name: next });
        notify(t("manage-saved"));
      }}
    />
  );
  const actionsCell = (type: SupportType) => (
    <RowActions>
      <Button small onPress={() => setDeleting(type)}>
        {t("shared-delete")}
      </Button>
    </RowActions>
  );
  return (
    <>
      <Table
        label={t("manage-item-support-types")}
        rows={types}
        keyOf={({ id }) => id}
        columns={[
          { heading: t("manage-support-type-name"), cell: nameCell, names: true },
          { heading: t("manage-actions"), cell: actionsCell, align: "end", tight: true },
        ]}
      />
      {deleting !== null && <DeleteSupportType type={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}
