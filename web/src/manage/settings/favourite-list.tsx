import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { MoveButtons } from "../../shared/ui/move-buttons";
import { Select } from "../../shared/ui/select";
import { TextField } from "../../shared/ui/text-field";
import styles from "./settings.module.css";
import type { Favourite } from "./settings-draft";

type FavouriteListProps = {
  favourites: readonly Favourite[];
  onChange: (favourites: Favourite[]) => void;
  /** The texts of the server by field. */
  errors: Record<string, string>;
};

const KINDS = ["url", "program", "folder"] as const;

/** 회사 즐겨찾기 [F-10]: what every operator finds in the list of favourites. */
export function FavouriteList({ favourites, onChange, errors }: FavouriteListProps) {
  const { t } = useI18n();
  const set = (position: number, change: Partial<Favourite>) =>
    onChange(favourites.map((each, at) => (at === position ? { ...each, ...change } : each)));
  return (
    <div className={styles["group"]}>
      {favourites.length === 0 && <p className={styles["every"]}>{t("manage-settings-no-favourites")}</p>}
      {favourites.map((favourite, position) => {
        const number = position + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a favourite has nothing of its own but its place.
          <fieldset key={position} className={styles["favourite"]}>
            <legend className={styles["hidden"]}>{t("manage-settings-favourite", { number })}</legend>
            <TextField
              name={`favourites.${position}.name`}
              label={t("manage-settings-favourite-name")}
              value={favourite.name}
              onChange={(name) => set(position, { name })}
              error={errors[`favourites.${position}.name`]}
              autoComplete="off"
            />
            <Select
              name={`favourites.${position}.kind`}
              label={t("manage-settings-favourite-kind")}
              placeholder={t("shared-select-placeholder")}
              choices={KINDS.map((kind) => ({ value: kind, label: t(`manage-favourite-${kind}`) }))}
              value={favourite.kind}
              onChange={(kind) => set(position, { kind })}
            />
            <TextField
              name={`favourites.${position}.target`}
              label={t("manage-settings-favourite-target")}
              value={favourite.target}
              onChange={(target) => set(position, { target })}
              error={errors[`favourites.${position}.target`]}
              placeholder={t(`manage-favourite-${favourite.kind}-example`)}
              autoComplete="off"
            />
            <span className={styles["favouriteActions"]}>
              <MoveButtons
                name={favourite.name}
                place={position}
                count={favourites.length}
                onMove={(by) => onChange(moved(favourites, position, by))}
              />
              <Button
                small
                look="quiet"
                aria-label={t("manage-settings-remove", { name: favourite.name })}
                onPress={() => onChange(favourites.filter((_, at) => at !== position))}
              >
                ×
              </Button>
            </span>
          </fieldset>
        );
      })}
      <div>
        <Button onPress={() => onChange([...favourites, { name: "", kind: "url", target: "" }])}>
          {t("manage-settings-add-favourite")}
        </Button>
      </div>
    </div>
  );
}

function moved(favourites: readonly Favourite[], position: number, by: -1 | 1): Favourite[] {
  const one = favourites[position];
  const others = favourites.filter((_, at) => at !== position);
  return one === undefined ? others : others.toSpliced(position + by, 0, one);
}
