import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import styles from "./save-bar.module.css";
import { Unsaved } from "./unsaved";

/** So many are named; the others are counted. */
const NAMED = 3;
const HEIGHT = "--save-bar";

type SaveBarProps = {
  /** What is not saved, by the names that stand on the page. */
  changes: readonly string[];
  /** What the button that submits says; 저장 if nothing is given. */
  saveLabel?: string;
  pending?: boolean;
  /** Puts everything back as it was read. */
  onCancel: () => void;
  /** What stands in the way of saving, beside the button that was pressed. */
  children?: ReactNode;
};

/**
 * The end of a long form, in sight wherever the form is read: what is not saved, Save, Cancel. Asks before the page is left with
 * what it names. A field that is given the keyboard is never under it (WCAG 2.4.11).
 */
export function SaveBar({ changes, saveLabel, pending = false, onCancel, children }: SaveBarProps) {
  const { t } = useI18n();
  const ref = useRoomBelow();
  const what = useWhat(changes);
  const changed = changes.length > 0;
  return (
    <div className={styles["place"]}>
      <Unsaved changed={changed} />
      <div ref={ref} className={styles["bar"]}>
        {children}
        <div className={styles["row"]}>
          <p className={`${styles["what"]} ${changed ? styles["changed"] : ""}`}>{what}</p>
          {/* Where there is no room for names. */}
          <span aria-hidden="true" className={styles["count"]}>
            {changed && t("manage-unsaved-count", { count: changes.length })}
          </span>
          <div className={styles["buttons"]}>
            <Button isDisabled={!changed || pending} onPress={onCancel}>
              {t("shared-cancel")}
            </Button>
            <Button type="submit" look="primary" isDisabled={!changed} isPending={pending}>
              {saveLabel ?? t("shared-save")}
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

function useWhat(changes: readonly string[]): string {
  const { t } = useI18n();
  if (changes.length === 0) return t("manage-unsaved-none");
  const names = changes.slice(0, NAMED).join(", ");
  const more = changes.length - NAMED;
  return more <= 0 ? t("manage-unsaved-what", { names }) : t("manage-unsaved-what-more", { names, more });
}

/** The page keeps as much room below itself, and below what it scrolls to, as the bar is high, which grows with its text. */
function useRoomBelow() {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const bar = ref.current;
    // Not in tests, and in no browser that we know.
    if (bar === null || typeof ResizeObserver === "undefined") return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty(HEIGHT, `${bar.offsetHeight}px`));
    observer.observe(bar);
    return () => {
      observer.disconnect();
      style.removeProperty(HEIGHT);
    };
  }, []);
  return ref;
}
