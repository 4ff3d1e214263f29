import { Radio, RadioGroup } from "react-aria-components";
import styles from "./segments.module.css";

type SegmentsProps<V extends string> = {
  labelledBy: string;
  describedBy: string;
  choices: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
  disabled?: boolean;
};

/** One of two or three short choices, all of them in sight; the arrows choose. */
export function Segments<V extends string>(props: SegmentsProps<V>) {
  const { labelledBy, describedBy, choices, value, onChange, disabled = false } = props;
  return (
    <RadioGroup
      className={styles["segments"] ?? ""}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      orientation="horizontal"
      isDisabled={disabled}
      value={value}
      onChange={(given) => {
        const chosen = choices.find((choice) => choice.value === given);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className={styles["segment"] ?? ""}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
