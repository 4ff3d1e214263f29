import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import type { Session } from "../session/session";
import styles from "../stage/notices.module.css";
import { useStore } from "../use-store";
import type { ClipNotice as Notice } from "./clipboard";
import { fetchCopied } from "./fetch-copied";

/** What was copied, where the operator has something to do or to know about it [S-11]. */
export function ClipNotice({ session }: { session: Session }) {
  const { t } = useI18n();
  const { clipboard } = session;
  const notice = useStore(clipboard.notice);
  const text = useText();
  if (notice === null) return null;
  const calm = !["too-large", "failed"].includes(notice.kind);
  return (
    <p className={styles[calm ? "info" : "warning"]}>
      {text(notice)}
      {notice.kind === "to-copy" && (
        <Button small look="primary" onPress={() => void clipboard.copy()}>
          {t("console-clip-copy")}
        </Button>
      )}
      {notice.kind === "files" && (
        <Button small look="primary" onPress={() => void fetchCopied(session)}>
          {t("console-clip-fetch")}
        </Button>
      )}
      <Button small look="quiet" onPress={() => clipboard.dismiss()}>
        {t("console-dismiss")}
      </Button>
    </p>
  );
}

function useText(): (notice: Notice) => string {
  const { t, knows, locale } = useI18n();
  return (notice) => {
    switch (notice.kind) {
      case "to-copy":
        return t(`console-clip-to-copy-${notice.what}`);
      case "files":
      case "sending":
      case "placed":
        return t(`console-clip-${notice.kind}`, { count: notice.count });
      case "too-large":
        return t(notice.toCustomer ? "console-clip-too-large-here" : "console-clip-too-large-there", {
          size: sizeText(notice.size_bytes, locale),
        });
      case "failed": {
        const key = `console-${notice.problem}`;
        return knows(key) ? t(key) : t("console-clip-failed", { problem: notice.problem });
      }
    }
  };
}
