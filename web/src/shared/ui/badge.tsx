import type { ReactNode } from "react";
import styles from "./badge.module.css";

type Tone = "neutral" | "good" | "busy" | "bad";

/** A short state with a dot of its colour; the text says it without the colour. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles["badge"]} ${styles[tone]}`}>{children}</span>;
}
