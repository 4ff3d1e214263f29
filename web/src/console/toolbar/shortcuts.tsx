import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import styles from "./toolbar.module.css";

const SHORTCUTS = [
  ["Ctrl + Alt + Shift", "console-shortcut-leave"],
  ["Ctrl + Alt + End", "console-shortcut-cad"],
  ["F11", "console-shortcut-full-screen"],
  ["?", "console-shortcut-help"],
] as const;

/** The list of shortcuts, by button or by `?` while the keyboard is not with the customer. */
export function ShortcutsButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) setOpen(true);
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, []);
  return (
    <>
      <Button small look="quiet" onPress={() => setOpen(true)} aria-label={t("console-shortcuts")}>
        ?
      </Button>
      <Dialog title={t("console-shortcuts")} open={open} onClose={() => setOpen(false)}>
        <dl className={styles["shortcuts"]}>
          {SHORTCUTS.map(([keys, text]) => (
            <div key={keys} className={styles["shortcut"]}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(text)}</dd>
            </div>
          ))}
        </dl>
        <Button onPress={() => setOpen(false)}>{t("console-close")}</Button>
      </Dialog>
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
