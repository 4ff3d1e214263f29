import { NAME_MOST } from "../../shared/form/account-rules";
import type { RecordForm } from "../console-api";

/** The longest texts of a record, in characters. */
const MOST = { customer_name: NAME_MOST, memo: 4_000 } as const;

type Part = keyof typeof MOST;

export type TooLong = { readonly count: number; readonly max: number };

/** How much too long a text is, counted as the server counts; null where it is not. */
export function tooLong(form: RecordForm, part: Part): TooLong | null {
  const count = [...asKept(form, part)].length;
  const max = MOST[part];
  return max < count ? { count, max } : null;
}

/** The form with no more than the server takes of its texts; the same one where nothing is too long. */
export function fitting(form: RecordForm): RecordForm {
  if (tooLong(form, "customer_name") === null && tooLong(form, "memo") === null) return form;
  const begin = (part: Part) => [...asKept(form, part)].slice(0, MOST[part]).join("");
  return { ...form, customer_name: begin("customer_name"), memo: begin("memo") };
}

/** A name is trimmed, and all is composed. */
function asKept(form: RecordForm, part: Part): string {
  const text = form[part];
  return (part === "customer_name" ? text.trim() : text).normalize("NFC");
}
