import { createContext, useContext } from "react";
import { momentText, timeText } from "../i18n/formats";
import { useI18n } from "../i18n/i18n";

type MomentProps = {
  at_ms: number;
  /** Where the date stands elsewhere. */
  timeOnly?: boolean;
};

/** The time zone whose clock shows every moment within; the browser's own where none is given. */
export const ZoneContext = createContext<string | undefined>(undefined);

/** A moment, readable for people and machines. */
export function Moment({ at_ms, timeOnly = false }: MomentProps) {
  const { locale } = useI18n();
  const zone = useContext(ZoneContext);
  return (
    <time
      dateTime={new Date(at_ms).toISOString()}
      title={timeOnly ? momentText(at_ms, locale, zone) : undefined}
    >
      {timeOnly ? timeText(at_ms, locale, zone) : momentText(at_ms, locale, zone)}
    </time>
  );
}
