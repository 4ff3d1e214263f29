import { useState } from "react";
import { Button as AriaButton, GridList, GridListItem } from "react-aria-components";
import { problemText } from "../../shared/api/problem-text";
import { checkName } from "../../shared/form/account-rules";
import { ruleText } from "../../shared/form/rule-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { MoveButtons } from "../../shared/ui/move-buttons";
import { useNotify } from "../../shared/ui/notify";
import { movedBy } from "../../shared/ui/order";
import { RenameInPlace } from "../../shared/ui/rename-in-place";
import { useReorder } from "../../shared/ui/use-reorder";
import { DeleteSupportType } from "./delete-support-type";
import styles from "./support-types.module.css";
import { type SupportType, useSupportTypeChanges } from "./support-types-api";

/** The types in their order, which dragging and the keyboard change [E-2]. */
export function SupportTypeList({ types }: { types: readonly SupportType[] }) {
  const i18n = useI18n();
  const { t } = i18n;
  const notify = useNotify();
  const { reorder } = useSupportTypeChanges();
  const [deleting, setDeleting] = useState<SupportType | null>(null);
  const ids = types.map(({ id }) => id);
  const order = (next: string[]) => {
    if (next.join() === ids.join()) return;
    reorder.mutate(next, {
      onSuccess: () => notify(t("manage-support-type-ordered")),
      onError: (error) => notify(problemText(error, i18n)),
    });
  };
  const nameOf = (id: string) => types.find((type) => type.id === id)?.name ?? "";
  const { dragAndDropHooks, list } = useReorder({ ids, nameOf, onOrder: order });
  return (
    <>
      <p className={styles["hint"]}>{t("manage-support-type-order-hint")}</p>
      <GridList
        ref={list}
        aria-label={t("manage-item-support-types")}
        className={styles["list"] ?? ""}
        items={types}
        // A row also shows its place among the others, which its own type does not tell.
        dependencies={[ids.join()]}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
      >
        {(type) => (
          <SupportTypeRow
            type={type}
            place={ids.indexOf(type.id)}
            count={ids.length}
            onMove={(by) => order(movedBy(ids, type.id, by))}
            onDelete={() => setDeleting(type)}
          />
        )}
      </GridList>
      {deleting !== null && <DeleteSupportType type={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

type RowProps = {
  type: SupportType;
  place: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
};

function SupportTypeRow({ type, place, count, onMove, onDelete }: RowProps) {
  const { t } = useI18n();
  const notify = useNotify();
  const { rename } = useSupportTypeChanges();
  const { id, name } = type;
  return (
    <GridListItem id={id} textValue={name} className={styles["row"] ?? ""}>
      <AriaButton
        slot="drag"
        className={styles["handle"] ?? ""}
        aria-label={t("manage-support-type-drag", { name })}
      >
        ≡
      </AriaButton>
      <span className={styles["place"]}>{place + 1}</span>
      <span className={styles["name"]}>
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
      </span>
      <span className={styles["actions"]}>
        <MoveButtons name={name} place={place} count={count} onMove={onMove} />
        <Button small onPress={onDelete}>
          {t("shared-delete")}
        </Button>
      </span>
    </GridListItem>
  );
}
