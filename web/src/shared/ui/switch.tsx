import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";
import { given } from "./given";
import styles from "./switch.module.css";

type SwitchProps = {
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  /** The visible label. Without it `label` names the switch. */
  children?: ReactNode;
  label?: string;
  describedBy?: string;
};

/** On or off, with effect at once or at the form's save. */
export function Switch({ on, onChange, disabled = false, children, label, describedBy }: SwitchProps) {
  return (
    <AriaSwitch
      className={styles["switch"] ?? ""}
      isSelected={on}
      onChange={onChange}
      isDisabled={disabled}
      {...given({ "aria-label": label, "aria-describedby": describedBy })}
    >
      <span aria-hidden="true" className={styles["track"]} />
      {children}
    </AriaSwitch>
  );
}
