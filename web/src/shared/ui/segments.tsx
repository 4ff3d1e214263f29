import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import styles from "./segments.module.css";

type SegmentsProps<V extends string> = {
  labelledBy: string;
  describedBy: string;
  choices: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
  disabled?: boolean;
};

/** One of two or three short choices, all of them in sight. */
export function Segments<V extends string>(props: SegmentsProps<V>) {
  const { labelledBy, describedBy, choices, value, onChange, disabled = false } = props;
  return (
    <ToggleButtonGroup
      className={styles["segments"] ?? ""}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={disabled}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className={styles["segment"] ?? ""}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
