import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../shared/api/client";
import { dayText } from "../shared/i18n/formats";
import { useI18n } from "../shared/i18n/i18n";
import { InfoNote, WarningNote } from "../shared/ui/note";
import { useSignedIn } from "./sign_in/session";

/** The licence, and how much of it is used [D-2]. */
export const licenceQuery = queryOptions({
  queryKey: ["manage", "licence"],
  queryFn: licence,
  staleTime: 0,
});

/** The licence as the page shows it. */
export type Licence = Awaited<ReturnType<typeof licence>>;

/** The last day of the licence by the company's clock; `undefined`: it has none. */
export function useLastDay({ until_ms }: Pick<Licence, "until_ms">): string | undefined {
  const { locale } = useI18n();
  const { time_zone } = useSignedIn();
  // It holds until the moment before.
  return typeof until_ms === "number" ? dayText(until_ms - 1, locale, time_zone) : undefined;
}

/** That the licence ends soon, or has ended; else nothing. */
export function LicenceEnd({ licence }: { licence: Licence }) {
  const { t } = useI18n();
  const until = useLastDay(licence);
  if (until === undefined) return null;
  if (licence.ended) return <WarningNote>{t("manage-licence-ended", { until })}</WarningNote>;
  return licence.ends_soon ? <InfoNote>{t("manage-licence-ends-soon", { until })}</InfoNote> : null;
}

/** The same where nobody asks for the licence: what cannot be had does not stand in the way. */
export function LicenceNotice() {
  const { data } = useQuery(licenceQuery);
  return data === undefined ? null : <LicenceEnd licence={data} />;
}

function licence() {
  return answer(api.GET("/api/manage/licence", {}));
}
