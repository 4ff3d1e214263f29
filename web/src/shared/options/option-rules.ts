/** The three tables of requirements §5, in their order. */
export const OPTION_GROUPS = ["features", "behaviour", "mobile"] as const;

type OptionGroup = (typeof OPTION_GROUPS)[number];

const BEHAVIOUR = new Set([
  "forced_login",
  "consent_before_connect",
  "satisfaction_survey",
  "driver_mode",
  "mouse_tracking",
  "auto_control",
  "view_only",
  "file_transfer_in_viewer",
  "manual_reboot",
  "consent_before_invite",
  "clipboard_file_transfer",
  "remote_printer",
  "auto_new_session",
  "desktop_share",
  "auto_record",
  "keep_uac",
  "always_relay",
]);

const MOBILE = new Set([
  "mobile_view_only",
  "mobile_file_transfer",
  "mobile_file_consent",
  "app_share_consent",
  "mobile_no_drawing",
  "start_maximized",
  "stretch_to_fill",
]);

/** The table that an option stands in. */
export function groupOf(key: string): OptionGroup {
  if (BEHAVIOUR.has(key)) return "behaviour";
  return MOBILE.has(key) ? "mobile" : "features";
}

/** The option that makes this one without effect at present: S-07 beats S-06. */
export function beatenBy(key: string, isOn: (key: string) => boolean): string | undefined {
  return key === "auto_control" && isOn("view_only") ? "view_only" : undefined;
}

/** The name of an option's message: Fluent names in this project have no underscores. */
export function optionMessage(key: string): string {
  return `manage-option-${key.replaceAll("_", "-")}`;
}
