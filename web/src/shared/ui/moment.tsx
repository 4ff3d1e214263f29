import { momentText, timeText } from "../i18n/formats";
import { useI18n } from "../i18n/i18n";

/** A moment, readable for people and machines. `timeOnly`: where the date stands elsewhere. */
export function Moment({ at_ms, timeOnly = false }: { at_ms: number; timeOnly?: boolean }) {
  const { locale } = useI18n();
  return (
    <time dateTime={new Date(at_ms).toISOString()} title={timeOnly ? momentText(at_ms, locale) : undefined}>
      {timeOnly ? timeText(at_ms, locale) : momentText(at_ms, locale)}
    </time>
  );
}
