import { type ReactNode, useEffect, useRef } from "react";
import styles from "./page.module.css";

/** A dialog that closes gives the focus back a moment later. */
const FOCUS_AFTER_MS = 150;

type PageProps = {
  /** The heading, and the browser's title. */
  title: string;
  /** One line under the heading. */
  lead?: string | undefined;
  /** Buttons at the heading's end. */
  actions?: ReactNode;
  /** Where the page hangs, above the heading. */
  trail?: ReactNode;
  /** A column as wide as a form. */
  narrow?: boolean;
  children: ReactNode;
};

/** The frame of a page's content. Moves the focus to the heading, so that keyboards and screen readers start there. */
export function Page({ title, lead, actions, trail, narrow = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    const elsewhere = document.activeElement;
    if (elsewhere === null || elsewhere === document.body || elsewhere.closest("nav") !== null) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <div className={`${styles["page"]} ${narrow ? styles["narrow"] : ""}`}>
      <header className={styles["header"]}>
        <div className={styles["titles"]}>
          {trail}
          <h1 ref={heading} tabIndex={-1} className={styles["title"]}>
            {title}
          </h1>
          {lead !== undefined && <p className={styles["lead"]}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Sets the browser's title while the page stands. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Beside`;
  }, [title]);
}

/** A white area that holds one thing. */
export function Card({
  children,
  title,
  flush = false,
}: {
  children: ReactNode;
  title?: string;
  flush?: boolean;
}) {
  return (
    <section className={`${styles["card"]} ${flush ? styles["flush"] : ""}`}>
      {title !== undefined && <h2 className={styles["cardTitle"]}>{title}</h2>}
      {children}
    </section>
  );
}

/** The buttons at the end of a form that fills the page. */
export function PageActions({ children }: { children: ReactNode }) {
  return <div className={styles["actions"]}>{children}</div>;
}

/** After what had the focus is gone or cannot have it: the page's heading takes it, unless it went elsewhere. */
export function keepFocus(): void {
  setTimeout(() => {
    const now = document.activeElement;
    const isLost = now === null || now === document.body || now.matches(":disabled");
    if (isLost) document.querySelector<HTMLElement>("main h1, h1")?.focus({ preventScroll: true });
  }, FOCUS_AFTER_MS);
}
