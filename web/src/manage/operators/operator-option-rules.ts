type Option = { key: string; department: boolean; own?: boolean | null };

/** What an operator's own setting can be. */
export type OwnChoice = "default" | "on" | "off";

/** The value that counts: the own one, else the department's (§5). */
export function effective({ own, department }: Option): boolean {
  return own ?? department;
}

/** The choice that stands for an own setting. */
export function toChoice(own: boolean | null | undefined): OwnChoice {
  if (own === null || own === undefined) return "default";
  return own ? "on" : "off";
}

/** The own setting that a choice stands for. */
export function fromChoice(choice: OwnChoice): boolean | null {
  return choice === "default" ? null : choice === "on";
}

/** The options whose own setting differs from the saved one. */
export function changedOptions(
  saved: readonly Option[],
  options: readonly Option[],
): { key: string; own: boolean | null }[] {
  const before = new Map(saved.map(({ key, own }) => [key, own ?? null]));
  return options
    .map(({ key, own }) => ({ key, own: own ?? null }))
    .filter(({ key, own }) => before.get(key) !== own);
}

/** What another administrator has saved meanwhile, with the own settings that were changed here since `read`. */
export function mergedOptions<O extends Option>(
  read: readonly O[],
  mine: readonly O[],
  saved: readonly O[],
): O[] {
  const changed = new Map(changedOptions(read, mine).map(({ key, own }) => [key, own]));
  return saved.map((option) => {
    const own = changed.get(option.key);
    return own === undefined ? option : { ...option, own };
  });
}
