import { momentText, timeText } from "../i18n/formats";
import { useI18n } from "../i18n/i18n";

type MomentProps = {
  at_ms: number;
  /** Where the date stands elsewhere. */
  timeOnly?: boolean;
  /** The clock that shows it; the browser's own where not given. */
  zone?: string;
};

/** A moment, readable for people and machines. */
export function Moment({ at_ms, timeOnly = false, zone }: MomentProps) {
  const { locale } = useI18n();
  return (
    <time dateTime={new Date(at_ms).toISOString()} title={timeOnly ? momentText(at_ms, locale) : undefined}>
      {timeOnly ? timeText(at_ms, locale) : momentText(at_ms, locale, zone)}
    </time>
  );
}
