import type { ReactNode } from "react";
import styles from "./note.module.css";

/** What went wrong; read out at once by screen readers. */
export function ErrorNote({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={`${styles["note"]} ${styles["error"]}`}>
      {children}
    </p>
  );
}

/** What keeps people from working until somebody sees to it. */
export function WarningNote({ children }: { children: ReactNode }) {
  return <p className={`${styles["note"]} ${styles["warning"]}`}>{children}</p>;
}

/** Something to know before going on. */
export function InfoNote({ children }: { children: ReactNode }) {
  return <p className={`${styles["note"]} ${styles["info"]}`}>{children}</p>;
}
