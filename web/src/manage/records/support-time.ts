import { durationText } from "../../shared/i18n/formats";
import type { Translate } from "../../shared/i18n/translate";
import type { RecordLine } from "./records-api";

/** 시간: from the customer's consent to the end; none where nobody agreed. */
export function supportTime({ duration_s }: Pick<RecordLine, "duration_s">, t: Translate): string {
  return duration_s === null ? t("shared-none") : durationText(duration_s, t);
}
