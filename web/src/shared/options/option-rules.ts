/** Where an option stands and on which others it depends, as the server says it (requirements §5). */
export type OptionRule = {
  key: string;
  table: OptionTable;
  /** Without any of these it has no effect; empty: it stands alone. */
  needs: readonly string[];
  beaten_by: string | null;
  included_in: string | null;
  /** Only for operators with mobile support. */
  mobile: boolean;
  /** Something follows it in this release; else it is kept for the one that does. */
  in_effect: boolean;
};

/** The three tables, in their order. */
export const OPTION_TABLES = ["features", "behaviour", "mobile"] as const;

type OptionTable = (typeof OPTION_TABLES)[number];

/** Why what is set for an option has no effect; `by`: the option that decides. */
export type Reason =
  | { kind: "beaten" | "needs" | "included"; by: string }
  /** The operator's field 모바일 / 비디오 원격지원 사용 says no. */
  | { kind: "no-mobile" };

/** What is set, and whether the operator has mobile support. */
type Set = { isSet: (key: string) => boolean; isMobile: boolean };

/** Why an option cannot be used at present, the strongest reason first; `undefined`: it counts as it is set. */
export function reasonOf(option: OptionRule, rules: readonly OptionRule[], set: Set): Reason | undefined {
  const { isSet, isMobile } = set;
  if (option.mobile && !isMobile) return { kind: "no-mobile" };
  if (option.beaten_by !== null && isSet(option.beaten_by)) return { kind: "beaten", by: option.beaten_by };
  if (option.included_in !== null && isSet(option.included_in)) {
    return { kind: "included", by: option.included_in };
  }
  const [first] = option.needs;
  if (first === undefined) return undefined;
  const works = rules.some((base) => option.needs.includes(base.key) && worksAlone(base, set));
  return works ? undefined : { kind: "needs", by: first };
}

/** A base counts where it is set, or part of one that is, and nothing beats it. */
function worksAlone(base: OptionRule, { isSet, isMobile }: Set): boolean {
  const set = isSet(base.key) || (base.included_in !== null && isSet(base.included_in));
  const beaten = base.beaten_by !== null && isSet(base.beaten_by);
  return set && !beaten && (isMobile || !base.mobile);
}

/** The name of an option's message: Fluent names in this project have no underscores. */
export function optionMessage(key: string): string {
  return `manage-option-${key.replaceAll("_", "-")}`;
}
