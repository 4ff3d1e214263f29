import { same } from "../../shared/form/merged";
import type { Settings } from "./settings-api";

/** A number of the form as it was typed; an empty one, where that is allowed: no limit. */
export type NumberField =
  | "sign_in_failures"
  | "sign_in_lock_s"
  | "idle_s"
  | "code_valid_min"
  | "record_retention_days"
  | "recording_retention_days"
  | "recording_limit_gb";

/** What a favourite of the company opens. */
export type Favourite = Settings["favourites"][number];

/** The settings while they are edited: numbers as they were typed. */
export type Draft = Omit<Settings, NumberField> & Record<NumberField, string>;

/** Numbers that may be left out. */
const ENDLESS = ["record_retention_days", "recording_retention_days", "recording_limit_gb"] as const;
const LIMITED = ["sign_in_failures", "sign_in_lock_s", "idle_s", "code_valid_min"] as const;

/** The form of settings as they were read. */
export function draftOf(settings: Settings): Draft {
  const text = (number: number | null) => (number === null ? "" : String(number));
  return {
    ...settings,
    sign_in_failures: text(settings.sign_in_failures),
    sign_in_lock_s: text(settings.sign_in_lock_s),
    idle_s: text(settings.idle_s),
    code_valid_min: text(settings.code_valid_min),
    record_retention_days: text(settings.record_retention_days),
    recording_retention_days: text(settings.recording_retention_days),
    recording_limit_gb: text(settings.recording_limit_gb),
  };
}

/** The settings of a form without a fault. */
export function settingsOf(draft: Draft): Settings {
  const endless = (name: NumberField) => (draft[name].trim() === "" ? null : Number(draft[name]));
  return {
    ...draft,
    sign_in_failures: Number(draft.sign_in_failures),
    sign_in_lock_s: Number(draft.sign_in_lock_s),
    idle_s: Number(draft.idle_s),
    code_valid_min: Number(draft.code_valid_min),
    record_retention_days: endless("record_retention_days"),
    recording_retention_days: endless("recording_retention_days"),
    recording_limit_gb: endless("recording_limit_gb"),
  };
}

/** What the server takes of each number. */
const BOUNDS: Readonly<Record<NumberField, readonly [min: number, max: number]>> = {
  sign_in_failures: [1, 20],
  sign_in_lock_s: [10, 86_400],
  idle_s: [60, 86_400],
  code_valid_min: [1, 60],
  record_retention_days: [1, 36_500],
  recording_retention_days: [1, 36_500],
  recording_limit_gb: [1, 1_000_000],
};

type Fault = { field: string; code: string; params: Record<string, number> };

/** What the server would refuse, by field and all at once, so that it is told before the password is asked for. */
export function faultsOf(draft: Draft): Fault[] {
  const lists = (["administrator_addresses", "operator_addresses"] as const).flatMap((name) =>
    draft[name].flatMap((address, at) =>
      mayBeAddress(address) ? [] : [{ field: `${name}.${at}`, code: "address-pattern", params: {} }],
    ),
  );
  const numbers = [...LIMITED, ...ENDLESS].flatMap((field) => {
    const text = draft[field].trim();
    const [min, max] = BOUNDS[field];
    const isLeftOut = text === "" && ENDLESS.some((name) => name === field);
    const isGood = isLeftOut || (isNumber(text) && min <= Number(text) && Number(text) <= max);
    return isGood ? [] : [{ field, code: "out-of-range", params: { min, max } }];
  });
  const favourites = draft.favourites.flatMap((favourite, at) =>
    (["name", "target"] as const)
      .filter((part) => favourite[part].trim() === "")
      .map((part) => ({ field: `favourites.${at}.${part}`, code: "required", params: {} })),
  );
  return [...lists, ...numbers, ...favourites];
}

/** An IPv4 address, range or network; of IPv6 the server has the last word. */
function mayBeAddress(typed: string): boolean {
  if (typed.includes(":")) return true;
  const [address = "", prefix] = typed.split("/");
  const isSmall = (text: string, max: number) => /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= max;
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => part === "*" || isSmall(part, 255))) return false;
  return (
    prefix === undefined || (!address.includes("*") && typed.split("/").length === 2 && isSmall(prefix, 32))
  );
}

/** What stands on each setting, in the order of the page. */
export const SETTING_LABELS = {
  administrator_addresses: "manage-settings-administrator-addresses",
  operator_addresses: "manage-settings-operator-addresses",
  sign_in_failures: "manage-settings-failures",
  sign_in_lock_s: "manage-settings-lock",
  idle_s: "manage-settings-idle",
  code_valid_min: "manage-settings-code",
  time_zone: "manage-settings-time-zone",
  record_retention_days: "manage-settings-record-retention",
  recording_retention_days: "manage-settings-recording-retention",
  recording_limit_gb: "manage-settings-recording-limit",
  continue_without_recording: "manage-settings-continue",
  recording_copies: "manage-settings-recording-copies",
  favourites: "manage-settings-favourites",
} as const satisfies Record<keyof Draft, string>;

/** What of the form differs from what was read, in the order of the page. */
export function changedSettings(read: Draft, mine: Draft): (keyof Draft)[] {
  return SETTINGS.filter((name) => !same(read[name], mine[name]));
}

const SETTINGS = [
  "administrator_addresses",
  "operator_addresses",
  "sign_in_failures",
  "sign_in_lock_s",
  "idle_s",
  "code_valid_min",
  "time_zone",
  "record_retention_days",
  "recording_retention_days",
  "recording_limit_gb",
  "continue_without_recording",
  "recording_copies",
  "favourites",
] as const satisfies (keyof Draft)[];

/** What the server asks 관리자 Password for: open doors, less kept, another time zone, or another list of favourites. */
export function needsPassword(read: Draft, mine: Draft): boolean {
  const number = (draft: Draft, name: NumberField) =>
    draft[name].trim() === "" ? Number.POSITIVE_INFINITY : Number(draft[name]);
  const grows = (name: NumberField) => number(read, name) < number(mine, name);
  const shrinks = (name: NumberField) => number(mine, name) < number(read, name);
  return (
    !same(read.administrator_addresses, mine.administrator_addresses) ||
    !same(read.operator_addresses, mine.operator_addresses) ||
    grows("sign_in_failures") ||
    shrinks("sign_in_lock_s") ||
    grows("idle_s") ||
    read.time_zone !== mine.time_zone ||
    shrinks("record_retention_days") ||
    shrinks("recording_retention_days") ||
    !same(read.favourites, mine.favourites)
  );
}

function isNumber(text: string): boolean {
  return /^\d{1,9}$/.test(text.trim());
}
