import type { Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  composeRenderProps,
} from "react-aria-components";
import styles from "./button.module.css";

type Look = "primary" | "secondary" | "danger" | "quiet";

type ButtonProps = AriaButtonProps & {
  /** `primary`: the one thing that the page is for. `quiet`: inside rows and bars. */
  look?: Look;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

/** A button. While `isPending` it keeps its width, cannot be pressed, and says so to screen readers. */
export function Button({ look = "secondary", small = false, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={composeRenderProps(props.className, (given) =>
        [styles["button"], styles[look], small ? styles["small"] : "", given].filter(Boolean).join(" "),
      )}
    />
  );
}

/** The same look for a link. */
export function buttonClass(look: Look = "secondary", small = false): string {
  return [styles["button"], styles[look], small ? styles["small"] : ""].filter(Boolean).join(" ");
}
