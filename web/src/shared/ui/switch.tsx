import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";
import { given } from "./given";
import styles from "./switch.module.css";

type SwitchProps = {
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  /** The visible label. Without it the element `labelledBy` names the switch. */
  children?: ReactNode;
  labelledBy?: string;
  describedBy?: string;
};

/** On or off, with effect at once or at the form's save. */
export function Switch({ on, onChange, disabled = false, children, labelledBy, describedBy }: SwitchProps) {
  return (
    <AriaSwitch
      className={styles["switch"] ?? ""}
      isSelected={on}
      onChange={onChange}
      isDisabled={disabled}
      {...given({ "aria-labelledby": labelledBy, "aria-describedby": describedBy })}
    >
      <span aria-hidden="true" className={styles["track"]} />
      {children}
    </AriaSwitch>
  );
}
