import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { OptionList } from "../../shared/options/option-list";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { PageActions } from "../../shared/ui/page";
import { Segments } from "../../shared/ui/segments";
import { changedOptions, effective, fromChoice, toChoice } from "./operator-option-rules";
import styles from "./operators.module.css";
import type { OperatorOption } from "./operators-api";
import { SaveOptionsDialog } from "./save-options-dialog";

type OptionsProps = { id: string; department: string; saved: readonly OperatorOption[] };

/** The department's default, an own setting over it, and one click back to the default [D-4]. */
export function OperatorOptions({ id, department, saved }: OptionsProps) {
  const { t } = useI18n();
  const notify = useNotify();
  const [options, setOptions] = useState(saved);
  const [saving, setSaving] = useState(false);
  const changed = changedOptions(saved, options);
  const isOn = (key: string) => options.some((option) => option.key === key && effective(option));
  const set = (key: string, own: boolean | null) =>
    setOptions((before) => before.map((each) => (each.key === key ? { ...each, own } : each)));
  return (
    <>
      <div className={styles["optionsHead"]}>
        <div>
          <h2 className={styles["optionsTitle"]}>{t("manage-options")}</h2>
          <p>{t("manage-operator-options-lead", { department })}</p>
        </div>
        <Button
          small
          isDisabled={options.every(({ own }) => own === null || own === undefined)}
          onPress={() => setOptions((before) => before.map((each) => ({ ...each, own: null })))}
        >
          {t("manage-options-reset")}
        </Button>
      </div>
      <OptionList
        options={options}
        isOn={isOn}
        control={(option, { labelId, aboutId }) => (
          <OwnSetting option={option} labelId={labelId} aboutId={aboutId} set={set} />
        )}
      />
      <PageActions>
        <Button look="primary" isDisabled={changed.length === 0} onPress={() => setSaving(true)}>
          {t("shared-save")}
        </Button>
        <Button isDisabled={changed.length === 0} onPress={() => setOptions(saved)}>
          {t("shared-cancel")}
        </Button>
      </PageActions>
      {saving && (
        <SaveOptionsDialog
          id={id}
          changed={changed}
          onClose={() => setSaving(false)}
          onSaved={() => notify(t("manage-saved"))}
        />
      )}
    </>
  );
}

type OwnSettingProps = {
  option: OperatorOption;
  labelId: string;
  aboutId: string;
  set: (key: string, own: boolean | null) => void;
};

function OwnSetting({ option, labelId, aboutId, set }: OwnSettingProps) {
  const { t } = useI18n();
  const onOff = (on: boolean) => t(on ? "manage-option-on" : "manage-option-off");
  return (
    <div className={styles["own"]}>
      <Segments
        labelledBy={labelId}
        describedBy={aboutId}
        value={toChoice(option.own)}
        onChange={(choice) => set(option.key, fromChoice(choice))}
        choices={[
          { value: "default", label: t("manage-option-default", { value: onOff(option.department) }) },
          { value: "on", label: onOff(true) },
          { value: "off", label: onOff(false) },
        ]}
      />
    </div>
  );
}
