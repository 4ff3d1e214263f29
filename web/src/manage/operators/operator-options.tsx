import { useI18n } from "../../shared/i18n/i18n";
import { OptionList } from "../../shared/options/option-list";
import { Button } from "../../shared/ui/button";
import { Segments } from "../../shared/ui/segments";
import { effective, fromChoice, toChoice } from "./operator-option-rules";
import styles from "./operators.module.css";
import type { OperatorOption } from "./operators-api";

type OptionsProps = {
  department: string;
  options: readonly OperatorOption[];
  isMobile: boolean;
  onChange: (options: readonly OperatorOption[]) => void;
};

/** The department's default, an own setting over it, and one click back to the default [D-4]. */
export function OperatorOptions({ department, options, isMobile, onChange }: OptionsProps) {
  const { t } = useI18n();
  const isSet = (key: string) => options.some((option) => option.key === key && effective(option));
  const set = (key: string, own: boolean | null) =>
    onChange(options.map((each) => (each.key === key ? { ...each, own } : each)));
  const onOff = (on: boolean) => t(on ? "manage-option-on" : "manage-option-off");
  return (
    <>
      <div className={styles["optionsHead"]}>
        <div>
          <h2 className={styles["optionsTitle"]}>{t("manage-options")}</h2>
          <p>{t("manage-operator-options-lead", { department })}</p>
        </div>
        <Button
          small
          isDisabled={options.every(({ own }) => own === null)}
          onPress={() => onChange(options.map((each) => ({ ...each, own: null })))}
        >
          {t("manage-options-reset")}
        </Button>
      </div>
      <OptionList
        options={options}
        isSet={isSet}
        isMobile={isMobile}
        control={({ key, own, department: byDepartment }, { labelId, aboutId, reason }) => (
          <div className={styles["own"]}>
            <Segments
              labelledBy={labelId}
              describedBy={aboutId}
              disabled={reason !== undefined}
              value={toChoice(own)}
              onChange={(choice) => set(key, fromChoice(choice))}
              choices={[
                { value: "default", label: t("manage-option-default", { value: onOff(byDepartment) }) },
                { value: "on", label: onOff(true) },
                { value: "off", label: onOff(false) },
              ]}
            />
          </div>
        )}
      />
    </>
  );
}
