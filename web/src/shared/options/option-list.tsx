import { type ReactNode, useId } from "react";
import { useI18n } from "../i18n/i18n";
import { InfoNote } from "../ui/note";
import { Card } from "../ui/page";
import { LaterMark } from "./later-mark";
import styles from "./option-list.module.css";
import { OPTION_TABLES, type OptionRule, optionMessage, type Reason, reasonOf } from "./option-rules";

/** 모바일 / 영상 원격지원, which stands among the features. */
const PHONES = "mobile_support";

type Labelled = { labelId: string; aboutId: string; reason: Reason | undefined };

type OptionListProps<Option extends OptionRule> = {
  options: readonly Option[];
  /** What is set, whether it has an effect or not. */
  isSet: (key: string) => boolean;
  isMobile: boolean;
  /** What sets the option, at the row's end. */
  control: (option: Option, labelled: Labelled) => ReactNode;
};

/** The option tables: each option with its name, what it does or why it has no effect, and what sets it. */
export function OptionList<Option extends OptionRule>(props: OptionListProps<Option>) {
  const { t } = useI18n();
  return OPTION_TABLES.map((table) => (
    <Card key={table} flush title={t(`manage-options-${table}`)}>
      {table === "mobile" && (
        <div className={styles["later"]}>
          <InfoNote>{t("manage-phones-later")}</InfoNote>
        </div>
      )}
      <ul>
        {props.options
          .filter((option) => option.table === table)
          .map((option) => (
            <OptionRow key={option.key} option={option} {...props} />
          ))}
      </ul>
    </Card>
  ));
}

type RowProps<Option extends OptionRule> = OptionListProps<Option> & { option: Option };

function OptionRow<Option extends OptionRule>(props: RowProps<Option>) {
  const { option, options, isSet, isMobile, control } = props;
  const { t } = useI18n();
  const id = useId();
  const reason = reasonOf(option, options, { isSet, isMobile });
  const message = optionMessage(option.key);
  return (
    <li className={styles["row"]}>
      <div className={styles["texts"]}>
        <p id={`${id}-label`} className={styles["name"]}>
          {t(message)}
        </p>
        <p id={`${id}-about`} className={styles["about"]}>
          {!option.in_effect && <LaterMark text={laterOf(option.key)} />}
          {t(`${message}-about`)}
          {reason !== undefined && <span className={styles["reason"]}>{reasonText(t, reason)}</span>}
        </p>
      </div>
      {control(option, { labelId: `${id}-label`, aboutId: `${id}-about`, reason })}
    </li>
  );
}

/** Why nothing follows an option yet: phones come whole, under the same line as their own table [F-20]. */
function laterOf(key: string): string {
  return key === PHONES ? "manage-phones-later" : "manage-option-later";
}

function reasonText(t: ReturnType<typeof useI18n>["t"], reason: Reason): string {
  if (reason.kind === "no-mobile") return t("manage-option-no-mobile");
  return t(`manage-option-${reason.kind}`, { option: t(optionMessage(reason.by)) });
}
