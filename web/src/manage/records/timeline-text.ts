import type { MessageArguments, Translate } from "../../shared/i18n/translate";

type Texts = { t: Translate; knows: (key: string) => boolean };

/** The line of an event. A kind that this page does not know yet is shown by its name, and not left out. */
export function eventText(kind: string, detail: unknown, { t, knows }: Texts): string {
  const values = valuesOf(detail);
  if (kind === "tool-used") return toolText(values, { t, knows });
  const key = `manage-event-${kind.replaceAll("_", "-")}`;
  // A reason and a thing refused or missing have texts of their own where we know them.
  for (const name of ["reason", "what", "why"]) {
    const value = values[name];
    const group = kind === "unsupported" ? "manage-unsupported" : "manage-refused";
    const said = String(value).replaceAll("_", "-");
    const own = name === "why" ? `manage-why-${said}` : `${name === "reason" ? "manage-end" : group}-${said}`;
    if (typeof value === "string" && knows(own)) values[name] = t(own);
  }
  const reboot = `manage-reboot-${String(values["problem"])}`;
  if (kind === "reboot-failed" && knows(reboot)) values["problem"] = t(reboot);
  const right = `manage-right-${String(values["right"])}`;
  if (knows(right)) values["right"] = t(right);
  return knows(key) ? t(key, values) : kind;
}

/** What a tool did, or what it was to do and why it did not. */
function toolText(values: MessageArguments, { t, knows }: Texts): string {
  const tool = String(values["tool"] ?? "");
  const known = (key: string, otherwise: string) => (knows(key) ? t(key, values) : otherwise);
  const problem = String(values["problem"] ?? "");
  if (problem === "") return known(`manage-event-tool-${tool}`, tool);
  return t("manage-event-tool-not-done", {
    name: known(`manage-tool-name-${tool}`, tool),
    what: String(values["what"] ?? ""),
    problem: known(`manage-tool-problem-${problem}`, problem),
  });
}

function valuesOf(detail: unknown): MessageArguments {
  if (typeof detail !== "object" || detail === null) return {};
  const values: MessageArguments = {};
  for (const [name, value] of Object.entries(detail)) {
    // As text: Fluent would group the digits of a number, and 1,920 pixels are not written so.
    if (typeof value === "string" || typeof value === "number") values[name] = String(value);
    if (Array.isArray(value)) values[name] = value.filter((each) => typeof each === "string").join(", ");
    if (typeof value === "boolean") values[name] = value ? "yes" : "no";
  }
  return values;
}
