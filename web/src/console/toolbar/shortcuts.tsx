import { useEffect } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Dialog } from "../../shared/ui/dialog";
import { Hint } from "../../shared/ui/hint";
import { shortcutOf } from "../tools/keys";
import type { ToolEntry } from "../tools/tool-list";
import { ALL_COMMANDS } from "./commands";
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
    <Hint text={t("console-shortcuts")}>
      <Button small look="quiet" onPress={onPress} aria-label={t("console-shortcuts")}>
        ?
      </Button>
    </Hint>
  );
}

type ShortcutsDialogProps = {
  /** What policy and customer allow: the keys of others do nothing. */
  tools: readonly ToolEntry[];
  open: boolean;
  onOpen: () => void;
  onClose: () => void;
};

/** The list of shortcuts; `?` opens it too, while the keyboard is not with the customer. */
export function ShortcutsDialog({ tools, open, onOpen, onClose }: ShortcutsDialogProps) {
  const { t } = useI18n();
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) onOpen();
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [onOpen]);
  return (
    <Dialog title={t("console-shortcuts")} open={open} onClose={onClose} wide>
      <dl className={styles["shortcuts"]}>
        {SHORTCUTS.map(([keys, text]) => (
          <Shortcut key={keys} keys={keys} text={t(text)} />
        ))}
        {ALL_COMMANDS.map((command) => (
          <Shortcut
            key={command.name}
            keys={shortcutOf(command)}
            text={t(`console-shortcut-${command.name}`)}
          />
        ))}
        {tools.map((tool) => (
          <Shortcut key={tool.name} keys={shortcutOf(tool)} text={t(`console-tool-name-${tool.name}`)} />
        ))}
      </dl>
      <div className={styles["answers"]}>
        <Button onPress={onClose}>{t("console-close")}</Button>
      </div>
    </Dialog>
  );
}

function Shortcut({ keys, text }: { keys: string; text: string }) {
  return (
    <div className={styles["shortcut"]}>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
