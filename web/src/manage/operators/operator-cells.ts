import type { Translate } from "../../shared/i18n/translate";
import type { Operator } from "./operators-api";

/** The colour of each state [D-3]. */
export const STATE_TONES = { online: "good", in_session: "busy", offline: "neutral" } as const;

/** 접속IP(사설), or why it is not known [D-3]. */
export function localAddress(operator: Operator, t: Translate): string {
  const { last_sign_in_ms, last_local_address } = operator;
  if (typeof last_sign_in_ms !== "number") return "";
  if (last_local_address === null) return t("manage-operator-address-untold");
  return last_local_address === "" ? t("manage-operator-address-hidden") : last_local_address;
}
