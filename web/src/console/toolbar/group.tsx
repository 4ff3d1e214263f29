import type { ReactNode } from "react";
import styles from "./toolbar.module.css";

type GroupProps = { label: string; title?: string | undefined; children: ReactNode };

/** Tools that belong together: 제어 · 도구 · 대화 · 세션 [control · tools · talk · session]. */
export function Group({ label, title, children }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div className={styles["group"]} role="group" aria-label={label} title={title}>
      {children}
    </div>
  );
}
