import type { ReactNode } from "react";
import { LanguageSwitch } from "../../shared/ui/language-switch";
import styles from "./sign-in.module.css";

/** What surrounds the console while nobody is signed in. */
export function Outside({ children }: { children: ReactNode }) {
  return (
    <div className={styles["page"]}>
      <header className={styles["header"]}>
        <span className={styles["brand"]}>
          <img src="/favicon.svg" alt="" width="24" height="24" />
          Beside
        </span>
        <LanguageSwitch />
      </header>
      <main className={styles["main"]}>{children}</main>
    </div>
  );
}
