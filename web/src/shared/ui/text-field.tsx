import { type ReactNode, useContext, useEffect, useEffectEvent } from "react";
import { TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from "react-aria-components";
import { CoveredContext } from "./covered";
import styles from "./field.module.css";
import { given } from "./given";

type TextFieldProps = {
  label: string;
  name: string;
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  /** What is wrong with it, in words; stands at the field. */
  error?: string | undefined;
  /** What may be typed, in words. */
  hint?: ReactNode;
  type?: "text" | "password" | "email" | "tel" | "search" | "date";
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "email" | "tel";
  maxLength?: number;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  /** Several lines. */
  multiline?: boolean;
  placeholder?: string;
};

/** A labelled text field with its hint and its error. The star stands outside the label's name. */
export function TextField(props: TextFieldProps) {
  const { label, error, hint, required = false, disabled = false, multiline = false, placeholder } = props;
  useEmptyWhenCovered(props);
  const shared = { name: props.name, ...given({ placeholder, maxLength: props.maxLength }) };
  return (
    <AriaTextField
      className={styles["field"] ?? ""}
      isInvalid={error !== undefined}
      isDisabled={disabled}
      validationBehavior="aria"
      type={props.type ?? "text"}
      {...given({
        value: props.value,
        defaultValue: props.defaultValue,
        onChange: props.onChange,
        onBlur: props.onBlur,
        autoComplete: props.autoComplete,
        inputMode: props.inputMode,
        autoFocus: props.autoFocus,
      })}
    >
      <FieldLabel text={label} required={required} />
      {multiline ? (
        <TextArea className={`${styles["input"]} ${styles["area"]}`} aria-required={required} {...shared} />
      ) : (
        <Input className={styles["input"] ?? ""} aria-required={required} {...shared} />
      )}
      {hint !== undefined && error === undefined && (
        <Text slot="description" className={styles["hint"] ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={styles["error"] ?? ""}>{error}</FieldError>
    </AriaTextField>
  );
}

/** A password does not outlive the sign-in under which it was typed. */
function useEmptyWhenCovered({ type, value, onChange }: TextFieldProps): void {
  const covered = useContext(CoveredContext);
  const empty = useEffectEvent(() => {
    if (type === "password" && value !== "") onChange?.("");
  });
  useEffect(() => {
    if (covered) empty();
  }, [covered]);
}

/** The label; the star for a required field is drawn beside it and is no part of the name. */
export function FieldLabel({ text, required }: { text: string; required: boolean }) {
  return (
    <span>
      <Label className={styles["label"] ?? ""}>{text}</Label>
      {required && (
        <span aria-hidden="true" className={styles["mark"]}>
          {" *"}
        </span>
      )}
    </span>
  );
}
