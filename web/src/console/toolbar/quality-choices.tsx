import { Header, MenuItem, MenuSection, Text } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { preferences } from "../picture/preference";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";
import styles from "./toolbar.module.css";

/** 화질 [Picture quality], a part of a menu: what counts where the link is too thin for all of it. Kept by this browser. */
export function QualityChoices() {
  const { t } = useI18n();
  const { preference } = useWorkspace();
  const current = useStore(preference.current);
  return (
    <MenuSection
      aria-label={t("console-quality")}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[current]}
      onSelectionChange={(keys) => {
        const chosen = preferences.find((each) => keys !== "all" && keys.has(each));
        if (chosen !== undefined) preference.choose(chosen);
      }}
    >
      <Header className={styles["title"] ?? ""}>{t("console-quality")}</Header>
      {preferences.map((each) => (
        <MenuItem
          key={each}
          id={each}
          className={`${styles["item"]} ${styles["explained"]}`}
          textValue={t(`console-quality-${each}`)}
        >
          <Text slot="label">{t(`console-quality-${each}`)}</Text>
          <Text slot="description" className={styles["explanation"] ?? ""}>
            {t(`console-quality-${each}-means`)}
          </Text>
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** Where no choice has an effect: why. */
export function NoVideoNote() {
  const { t } = useI18n();
  const { takesMotion } = useWorkspace();
  return takesMotion ? null : <p className={styles["note"]}>{t("console-quality-no-video")}</p>;
}
