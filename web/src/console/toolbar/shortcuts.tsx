import { useEffect } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import { ALL_TOOLS, shortcutOf } from "../tools/tool-list";
import styles from "./toolbar.module.css";

const SHORTCUTS = [
  ["Ctrl + Alt + Shift", "console-shortcut-leave"],
  ["Ctrl + Alt + End", "console-shortcut-cad"],
  ["F11", "console-shortcut-full-screen"],
  ["?", "console-shortcut-help"],
] as const;

/** Opens the list of shortcuts. */
export function ShortcutsButton({ onPress }: { onPress: () => void }) {
  const { t } = useI18n();
  return (
    <Button small look="quiet" onPress={onPress} aria-label={t("console-shortcuts")}>
      ?
    </Button>
  );
}

type ShortcutsDialogProps = { open: boolean; onOpen: () => void; onClose: () => void };

/** The list of shortcuts; `?` opens it too, while the keyboard is not with the customer. */
export function ShortcutsDialog({ open, onOpen, onClose }: ShortcutsDialogProps) {
  const { t } = useI18n();
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) onOpen();
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [onOpen]);
  return (
    <Dialog title={t("console-shortcuts")} open={open} onClose={onClose}>
      <dl className={styles["shortcuts"]}>
        {SHORTCUTS.map(([keys, text]) => (
          <div key={keys} className={styles["shortcut"]}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
        {ALL_TOOLS.map((tool) => (
          <div key={tool.name} className={styles["shortcut"]}>
            <dt>
              <kbd>{shortcutOf(tool)}</kbd>
            </dt>
            <dd>{t(`console-tool-name-${tool.name}`)}</dd>
          </div>
        ))}
      </dl>
      <Button onPress={onClose}>{t("console-close")}</Button>
    </Dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
