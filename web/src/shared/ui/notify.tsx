import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import styles from "./notify.module.css";

const SHOWN_MS = 4_000;

const Context = createContext<(text: string) => void>(() => {});

/** A place at the bottom of the page that says what was just done, and goes away by itself. */
export function NotifyProvider({ children }: { children: ReactNode }) {
  const [note, setNote] = useState<{ text: string; id: number } | null>(null);
  const notify = useCallback((text: string) => {
    setNote((before) => ({ text, id: (before?.id ?? 0) + 1 }));
  }, []);
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [note]);
  return (
    <Context value={notify}>
      {children}
      <div role="status" className={styles["place"]}>
        {note !== null && (
          <span key={note.id} className={styles["note"]}>
            {note.text}
          </span>
        )}
      </div>
    </Context>
  );
}

/** Says what was done, to eyes and screen readers. */
export function useNotify(): (text: string) => void {
  return useContext(Context);
}
