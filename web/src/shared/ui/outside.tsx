import type { ReactNode } from "react";
import { LanguageSwitch } from "./language-switch";
import styles from "./outside.module.css";

/** What surrounds a page while nobody is signed in: the product's name and the language. `children`: the page's `main`. */
export function Outside({ children }: { children: ReactNode }) {
  return (
    <div className={styles["page"]}>
      <header className={styles["bar"]}>
        <span className={styles["brand"]}>
          <img src="/favicon.svg" alt="" width="24" height="24" />
          Beside
        </span>
        <LanguageSwitch />
      </header>
      {children}
    </div>
  );
}
