import { type ReactNode, useId } from "react";
import { useI18n } from "../i18n/i18n";
import { Card } from "../ui/page";
import styles from "./option-list.module.css";
import { beatenBy, groupOf, OPTION_GROUPS, optionMessage } from "./option-rules";

type Labelled = { labelId: string; aboutId: string; disabled: boolean };

type OptionListProps<Option extends { key: string }> = {
  options: readonly Option[];
  isOn: (key: string) => boolean;
  /** What sets the option, at the row's end. */
  control: (option: Option, labelled: Labelled) => ReactNode;
};

/** The option tables: each option with its name, what it does, and what sets it. */
export function OptionList<Option extends { key: string }>({
  options,
  isOn,
  control,
}: OptionListProps<Option>) {
  const { t } = useI18n();
  return OPTION_GROUPS.map((group) => ({
    group,
    members: options.filter(({ key }) => groupOf(key) === group),
  }))
    .filter(({ members }) => members.length > 0)
    .map(({ group, members }) => (
      <Card key={group} flush title={t(`manage-options-${group}`)}>
        <ul>
          {members.map((option) => (
            <OptionRow key={option.key} option={option} isOn={isOn} control={control} />
          ))}
        </ul>
      </Card>
    ));
}

type RowProps<Option> = {
  option: Option;
  isOn: (key: string) => boolean;
  control: (option: Option, labelled: Labelled) => ReactNode;
};

function OptionRow<Option extends { key: string }>({ option, isOn, control }: RowProps<Option>) {
  const { t } = useI18n();
  const id = useId();
  const stronger = beatenBy(option.key, isOn);
  const message = optionMessage(option.key);
  return (
    <li className={styles["row"]}>
      <div className={styles["texts"]}>
        <p id={`${id}-label`} className={styles["name"]}>
          {t(message)}
        </p>
        <p id={`${id}-about`} className={styles["about"]}>
          {stronger === undefined
            ? t(`${message}-about`)
            : t("manage-option-beaten", { option: t(optionMessage(stronger)) })}
        </p>
      </div>
      {control(option, {
        labelId: `${id}-label`,
        aboutId: `${id}-about`,
        disabled: stronger !== undefined,
      })}
    </li>
  );
}
