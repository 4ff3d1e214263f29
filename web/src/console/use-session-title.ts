import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../shared/i18n/i18n";
import { recordFormQuery } from "./console-api";
import { type SessionSummary, sessionTitle, spacedCode } from "./session/session-view";

/** What a session is called in list, tab and page; the customer's name as soon as the record has it. */
export function useSessionTitle({ id, machine, code, createdAt_ms }: SessionSummary): string {
  const { t, locale } = useI18n();
  // Followed only: the list asks for it, and the form writes it.
  const { data: customer = "" } = useQuery({
    ...recordFormQuery(id),
    enabled: false,
    select: ({ customer_name }) => customer_name,
  });
  if (machine === null) return code === "" ? t("console-no-customer") : spacedCode(code);
  const made = () => new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(createdAt_ms);
  const { hostName, os } = machine;
  return sessionTitle({ customer, hostName, os, mark: code === "" ? made() : spacedCode(code) });
}
