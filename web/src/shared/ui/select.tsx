import { useEffect, useRef } from "react";
import {
  Select as AriaSelect,
  Button,
  FieldError,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import styles from "./field.module.css";
import { FieldLabel } from "./text-field";

type Choice<V extends string> = { value: V; label: string };

type SelectProps<V extends string> = {
  label: string;
  name: string;
  choices: readonly Choice<V>[];
  /** `null`: nothing is chosen yet. */
  value: V | null;
  onChange: (value: V) => void;
  placeholder: string;
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
};

/** A labelled choice of one among few. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, choices, value, onChange, error, required = false, disabled = false } = props;
  const trigger = useSaidInvalid(error !== undefined);
  return (
    <AriaSelect
      className={styles["field"] ?? ""}
      name={props.name}
      placeholder={props.placeholder}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      isInvalid={error !== undefined}
      isDisabled={disabled}
      validationBehavior="aria"
    >
      <FieldLabel text={label} required={required} />
      <Button ref={trigger} className={styles["trigger"] ?? ""}>
        <SelectValue />
        <span aria-hidden="true" className={styles["arrow"]} />
      </Button>
      <FieldError className={styles["error"] ?? ""}>{error}</FieldError>
      <Popover className={styles["popover"] ?? ""}>
        <ListBox className={styles["list"] ?? ""}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} className={styles["item"] ?? ""}>
              {choice.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** React Aria colours the button of a refused choice, and lets no attribute through that would say so. */
function useSaidInvalid(isInvalid: boolean) {
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isInvalid) trigger.current?.setAttribute("aria-invalid", "true");
    else trigger.current?.removeAttribute("aria-invalid");
  }, [isInvalid]);
  return trigger;
}
