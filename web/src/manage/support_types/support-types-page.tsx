import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { NameDialog } from "../../shared/ui/name-dialog";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page } from "../../shared/ui/page";
import { Empty, Loaded } from "../../shared/ui/states";
import { SupportTypeList } from "./support-type-list";
import { supportTypesQuery, useSupportTypeChanges } from "./support-types-api";

/** 상담유형 관리 [E-1 … E-3]. */
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
              <SupportTypeList types={support_types} />
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
