import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shared/api/client";
import { momentText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { useSignedIn } from "../sign_in/session";

/** How many records a 기록 보존 기간 would delete, before it is saved. `days`: what is typed. */
export function RetentionPreview({ days }: { days: string }) {
  const { t, locale } = useI18n();
  const { time_zone } = useSignedIn();
  const wanted = /^[1-9][0-9]{0,4}$/.test(days) ? Number(days) : null;
  const expired = useQuery({
    queryKey: ["manage", "records", "retention", wanted],
    queryFn: () =>
      answer(api.GET("/api/manage/records/retention", { params: { query: { days: wanted ?? 1 } } })),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  if (wanted === null || expired.data === undefined) return null;
  const { count, oldest_ms } = expired.data;
  return (
    <p role="status">
      {count === 0 || oldest_ms === null
        ? t("manage-settings-retention-none", { days: wanted })
        : t("manage-settings-retention-some", {
            days: wanted,
            count,
            oldest: momentText(oldest_ms, locale, time_zone),
          })}
    </p>
  );
}
