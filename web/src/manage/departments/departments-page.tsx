import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button, buttonClass } from "../../shared/ui/button";
import { NameDialog } from "../../shared/ui/name-dialog";
import { useNotify } from "../../shared/ui/notify";
import { Card, Page } from "../../shared/ui/page";
import { RenameInPlace } from "../../shared/ui/rename-in-place";
import { Empty, Loaded } from "../../shared/ui/states";
import { RowActions, Table } from "../../shared/ui/table";
import { useSignedIn } from "../sign_in/session";
import { DeleteDepartment } from "./delete-department";
import { type Department, departmentsQuery, useDepartmentChanges } from "./departments-api";

/** 부서관리 [C-1, C-2, C-4]. */
export function DepartmentsPage() {
  const { t } = useI18n();
  const notify = useNotify();
  const departments = useQuery(departmentsQuery);
  const { create } = useDepartmentChanges();
  const [creating, setCreating] = useState(false);
  const newButton = (
    <Button look="primary" onPress={() => setCreating(true)}>
      {t("manage-department-new")}
    </Button>
  );
  return (
    <Page title={t("manage-item-departments")} lead={t("manage-item-departments-about")} actions={newButton}>
      <Card flush>
        <Loaded query={departments}>
          {(data) =>
            data.departments.length === 0 ? (
              <Empty title={t("manage-departments-empty")} text={t("manage-departments-empty-text")} />
            ) : (
              <DepartmentTable departments={data.departments} />
            )
          }
        </Loaded>
      </Card>
      {creating && (
        <NameDialog
          title={t("manage-department-new")}
          label={t("manage-department-name")}
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

function DepartmentTable({ departments }: { departments: readonly Department[] }) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  const notify = useNotify();
  const { rename } = useDepartmentChanges();
  const [deleting, setDeleting] = useState<Department | null>(null);
  const nameCell = ({ id, name }: Department) => (
    <RenameInPlace
      name={name}
      label={t("manage-department-name")}
      hint={t("manage-rename")}
      check={(next) => ruleText(t, checkName(next))}
      rename={async (next) => {
        await rename.mutateAsync({ id, name: next });
        notify(t("manage-saved"));
      }}
    />
  );
  const actionsCell = (department: Department) => (
    <RowActions>
      <Link
        to="/manage/$company/departments/$departmentId/options"
        params={{ company: company.short_name, departmentId: department.id }}
        className={buttonClass("secondary", true)}
      >
        {t("manage-options")}
      </Link>
      <Button small onPress={() => setDeleting(department)}>
        {t("shared-delete")}
      </Button>
    </RowActions>
  );
  return (
    <>
      <Table
        label={t("manage-item-departments")}
        rows={departments}
        keyOf={({ id }) => id}
        columns={[
          { heading: t("manage-department-name"), cell: nameCell, names: true },
          {
            heading: t("manage-department-operators"),
            cell: ({ operator_count }) => t("manage-count-people", { count: operator_count }),
            align: "end",
            tight: true,
          },
          { heading: t("manage-actions"), cell: actionsCell, align: "end", tight: true },
        ]}
      />
      {deleting !== null && (
        <DeleteDepartment
          department={deleting}
          last={departments.length === 1}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  );
}
