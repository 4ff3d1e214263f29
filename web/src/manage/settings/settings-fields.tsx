import { type ReactNode, useId, useMemo } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Card } from "../../shared/ui/page";
import { Select } from "../../shared/ui/select";
import { Switch } from "../../shared/ui/switch";
import { TextField } from "../../shared/ui/text-field";
import { AddressList } from "./address-list";
import { FavouriteList } from "./favourite-list";
import { RetentionPreview } from "./retention-preview";
import styles from "./settings.module.css";
import type { Draft, NumberField } from "./settings-draft";

type FieldsProps = {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  /** The texts of the errors by field. */
  errors: Record<string, string>;
  ownAddress: string;
};

/** Every setting, in the groups that they belong to [G-2]. */
export function SettingsFields(props: FieldsProps) {
  const { t } = useI18n();
  const { draft, change, errors, ownAddress } = props;
  return (
    <>
      <Card title={t("manage-settings-access")}>
        <div className={styles["sections"]}>
          <AddressList
            name="administrator_addresses"
            title={t("manage-settings-administrator-addresses")}
            addresses={draft.administrator_addresses}
            onChange={(addresses) => change({ administrator_addresses: addresses })}
            ownAddress={ownAddress}
            errors={errors}
          />
          <AddressList
            name="operator_addresses"
            title={t("manage-settings-operator-addresses")}
            addresses={draft.operator_addresses}
            onChange={(addresses) => change({ operator_addresses: addresses })}
            errors={errors}
          />
        </div>
      </Card>
      <Card title={t("manage-settings-sign-in")}>
        <div className={styles["numbers"]}>
          <NumberInput {...props} name="sign_in_failures" label={t("manage-settings-failures")} />
          <NumberInput {...props} name="sign_in_lock_s" label={t("manage-settings-lock")} />
          <NumberInput
            {...props}
            name="idle_s"
            label={t("manage-settings-idle")}
            hint={t("manage-settings-idle-hint")}
          />
        </div>
      </Card>
      <Card title={t("manage-settings-sessions")}>
        <div className={styles["numbers"]}>
          <NumberInput {...props} name="code_valid_min" label={t("manage-settings-code")} />
          <TimeZone {...props} />
        </div>
      </Card>
      <Retention {...props} />
      <Card title={t("manage-settings-favourites")}>
        <FavouriteList
          favourites={draft.favourites}
          onChange={(favourites) => change({ favourites })}
          errors={errors}
        />
      </Card>
    </>
  );
}

function Retention(props: FieldsProps) {
  const { t } = useI18n();
  const copies = useId();
  const forEver = t("manage-settings-for-ever");
  return (
    <Card title={t("manage-settings-retention")}>
      <div className={styles["form"]}>
        <div className={styles["numbers"]}>
          <NumberInput
            {...props}
            name="record_retention_days"
            label={t("manage-settings-record-retention")}
            hint={forEver}
          />
          <NumberInput
            {...props}
            name="recording_retention_days"
            label={t("manage-settings-recording-retention")}
            hint={forEver}
          />
          <NumberInput
            {...props}
            name="recording_limit_gb"
            label={t("manage-settings-recording-limit")}
            hint={t("manage-settings-no-limit")}
          />
        </div>
        <RetentionPreview days={props.draft.record_retention_days} />
        <Switch
          on={props.draft.continue_without_recording}
          onChange={(on) => props.change({ continue_without_recording: on })}
        >
          {t("manage-settings-continue")}
        </Switch>
        <div>
          <Switch
            on={props.draft.recording_copies}
            onChange={(on) => props.change({ recording_copies: on })}
            describedBy={copies}
          >
            {t("manage-settings-recording-copies")}
          </Switch>
          <p id={copies}>{t("manage-settings-recording-copies-hint")}</p>
        </div>
      </div>
    </Card>
  );
}

type NumberProps = FieldsProps & { name: NumberField; label: string; hint?: ReactNode };

function NumberInput({ draft, change, errors, name, label, hint }: NumberProps) {
  return (
    <TextField
      name={name}
      label={label}
      value={draft[name]}
      onChange={(text) => change({ [name]: text })}
      error={errors[name]}
      inputMode="numeric"
      maxLength={9}
      autoComplete="off"
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

/** 시간대; a change of it counts every statistic anew. */
function TimeZone({ draft, change, errors }: FieldsProps) {
  const { t } = useI18n();
  const zones = useMemo(
    () => [...new Set([draft.time_zone, ...Intl.supportedValuesOf("timeZone"), "UTC"])].sort(),
    [draft.time_zone],
  );
  return (
    <Select
      name="time_zone"
      label={t("manage-settings-time-zone")}
      placeholder={t("shared-select-placeholder")}
      choices={zones.map((zone) => ({ value: zone, label: zone }))}
      value={draft.time_zone}
      onChange={(time_zone) => change({ time_zone })}
      error={errors["time_zone"]}
    />
  );
}
