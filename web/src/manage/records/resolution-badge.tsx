import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";

const TONES = { unchecked: "neutral", resolved: "good", unresolved: "bad" } as const;

/** 미체크, 해결 or 미해결. */
export function ResolutionBadge({ resolution }: { resolution: keyof typeof TONES }) {
  const { t } = useI18n();
  return <Badge tone={TONES[resolution]}>{t(`manage-resolution-${resolution}`)}</Badge>;
}
