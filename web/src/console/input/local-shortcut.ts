/** A combination that stays with the console while everything else goes to the customer. */
export type LocalShortcut = "leave" | "ctrl-alt-del" | "full-screen";

type Keys = {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/**
 * Ctrl+Alt+Shift gives the keyboard back to the console, Ctrl+Alt+End is Ctrl+Alt+Del for the customer (as in RDP),
 * F11 is full screen.
 */
export function localShortcut(keys: Keys): LocalShortcut | null {
  const { code, ctrlKey, altKey, shiftKey } = keys;
  if (ctrlKey && altKey && shiftKey && /^(Control|Alt|Shift)(Left|Right)$/.test(code)) return "leave";
  if (ctrlKey && altKey && code === "End") return "ctrl-alt-del";
  if (code === "F11" && !ctrlKey && !altKey && !shiftKey) return "full-screen";
  return null;
}
