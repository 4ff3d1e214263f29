import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import styles from "./radios.module.css";

type RadiosProps<V extends string> = {
  label: string;
  hint?: string;
  choices: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
};

/** A labelled choice of one among two or three, in a form. */
export function Radios<V extends string>({ label, hint, choices, value, onChange }: RadiosProps<V>) {
  return (
    <RadioGroup
      className={styles["group"] ?? ""}
      orientation="horizontal"
      value={value}
      onChange={(given) => {
        const chosen = choices.find((choice) => choice.value === given);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <div className={styles["choices"]}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles["choice"] ?? ""}>
            <span aria-hidden="true" className={styles["dot"]} />
            {choice.label}
          </Radio>
        ))}
      </div>
      {hint !== undefined && (
        <Text slot="description" className={styles["hint"] ?? ""}>
          {hint}
        </Text>
      )}
    </RadioGroup>
  );
}
