/** Something that Ctrl, Alt and one letter do, wherever the keyboard is. */
export type Keyed = { readonly key: string };

/** "Ctrl + Alt + U". */
export function shortcutOf({ key }: Keyed): string {
  return `Ctrl + Alt + ${key}`;
}

export type Keys = Pick<
  KeyboardEvent,
  "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey" | "getModifierState"
>;

/** What these keys mean, among those given. AltGr writes characters and means nothing. */
export function keyedBy<K extends Keyed>(keys: Keys, among: readonly K[]): K | null {
  const held = keys.ctrlKey && keys.altKey && !keys.shiftKey && !keys.metaKey;
  if (!held || keys.getModifierState("AltGraph")) return null;
  return among.find(({ key }) => keys.code === `Key${key}`) ?? null;
}
