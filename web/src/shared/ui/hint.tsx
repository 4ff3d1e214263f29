import type { ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./hint.module.css";

/** What a button is called and by which keys it is pressed, while the pointer or the keyboard is on it. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <TooltipTrigger delay={400}>
      {children}
      <Tooltip className={styles["hint"] ?? ""} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
